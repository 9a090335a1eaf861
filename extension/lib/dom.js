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

/** The element of the page with this id, which is there. @param {string} id @returns {any} */
export const byId = (id) => document.getElementById(id);

/** What others wrote may run in another direction than the reader's own language. @param {string} text */
export const isolated = (text) => element('bdi', {}, text);
