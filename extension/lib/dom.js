/**
 * Makes an element; strings among its children stay text.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Record<string, string>} attributes
 * @param {...(Node|string)} children
 */
export function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

/** @param {string} label @param {(event: Event) => void} action @param {Record<string, string>} [attributes] */
export function button(label, action, attributes = {}) {
  const made = element('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', action);
  return made;
}

/** A checkbox that looks like what it does. @param {string} id @param {boolean} on @param {(on: boolean) => unknown} change */
export function switchInput(id, on, change) {
  const input = element('input', { type: 'checkbox', role: 'switch', id });
  input.checked = on;
  input.addEventListener('change', () => change(input.checked));
  return input;
}

/** Gives the reader a file. @param {string} name @param {string} type @param {string} text */
export function download(name, type, text) {
  const link = element('a', { download: name });
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.click();
}

/** The element of the page with this id, which is there. @param {string} id @returns {any} */
export const byId = (id) => document.getElementById(id);

/** What others wrote may run in another direction than the reader's own language. @param {string} text */
export const isolated = (text) => element('bdi', {}, text);

/**
 * Puts new children in place of the old. The focus stays on the one that had it, goes to the next that is there, or else
 * to `next`: it never gets lost.
 * @param {HTMLElement} parent
 * @param {HTMLElement[]} children
 * @param {HTMLElement} next
 */
export function renew(parent, children, next) {
  const focused = parent.contains(document.activeElement) ? document.activeElement : null;
  const index = [...parent.children].findIndex((child) => child.contains(focused));
  parent.replaceChildren(...children);
  if (!focused) return;
  const heir = children[Math.min(index, children.length - 1)]?.querySelector('button, input');
  /** @type {HTMLElement} */ (document.getElementById(focused.id) ?? heir ?? next).focus();
}
