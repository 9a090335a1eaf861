// @ts-nocheck
/** The card that explains findings: one element in the page, and only while it is open. */
globalThis.caveat ??= /** @type {any} */ ({});

caveat.card ??= (() => {
  const GAP = 8;
  const { i18n } = globalThis.browser ?? globalThis.chrome;

  // The page's rules reach the host, hence `!important`; they do not reach what is inside it.
  const CSS_TEXT = `
    :host {
      all: initial !important; position: fixed !important; inset: 0 !important; pointer-events: none !important;
      color-scheme: light dark !important; direction: ltr !important;
    }
    @media print { :host { display: none !important; } }
    .card {
      position: absolute; box-sizing: border-box; width: max-content; max-width: min(360px, calc(100vw - 16px));
      max-height: 60vh; overflow: auto; padding: 12px 36px 12px 14px; pointer-events: auto;
      font: 14px/1.45 system-ui, sans-serif; color: light-dark(#1d2126, #e9ebee);
      background: light-dark(#ffffff, #23272d); border: 1px solid light-dark(#d5d9de, #454c55);
      border-radius: 10px; box-shadow: 0 6px 24px rgb(0 0 0 / 22%);
    }
    .card:focus-visible, button:focus-visible { outline: 2px solid light-dark(#1d5fae, #8bbcf5); outline-offset: 2px; }
    section + section { margin-top: 12px; padding-top: 12px; border-top: 1px solid light-dark(#e3e6ea, #3b4149); }
    .kind { display: flex; align-items: center; gap: 6px; margin: 0 0 4px; font-size: 12px; font-weight: 600; color: light-dark(#565d66, #b4bac2); }
    .dot { width: 9px; height: 9px; border-radius: 50%; background: var(--colour); }
    h2 { margin: 0 0 4px; font-size: 15px; line-height: 1.3; font-weight: 650; }
    p { margin: 0; }
    .certainty { margin-top: 6px; font-size: 13px; color: light-dark(#565d66, #b4bac2); }
    button {
      position: absolute; top: 6px; right: 6px; width: 28px; height: 28px; padding: 0; border: 0; border-radius: 6px;
      font: 18px/28px system-ui, sans-serif; color: inherit; background: none; cursor: pointer;
    }
    button:hover { background: light-dark(#eef0f2, #343a42); }
    @media (forced-colors: active) { .dot { forced-color-adjust: none; } }
  `;

  /** @type {{host: HTMLElement, card: HTMLElement, range: Range, pinned: boolean, returnTo: Element|null}|null} */
  let open = null;

  function element(name, className, text, ...children) {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    made.append(...children);
    return made;
  }

  /** @param {Finding} finding */
  function section({ category, certainty, severity, title, message, cue }) {
    const dot = element('span', 'dot', '');
    dot.style.setProperty('--colour', `var(--caveat-${category})`);
    const kind = `${i18n.getMessage(`category_${category}`)} · ${i18n.getMessage(`severity_${severity}`)}`;
    const certain = cue === null ? `certainty_${certainty}` : `certainty_${certainty}_cue`;
    return element('section', '', '',
      element('p', 'kind', '', dot, kind),
      element('h2', '', title),
      element('p', '', message),
      element('p', 'certainty', i18n.getMessage(certain, [cue ?? ''])));
  }

  /**
   * @param {Range} range      what the card is about, and stands beside
   * @param {Finding[]} findings
   * @param {{pinned: boolean}} how  a pinned card takes the focus and stays until it is closed
   */
  function show(range, findings, { pinned }) {
    close();
    const host = document.createElement('caveat-card');
    host.popover = 'manual'; // the top layer: over everything the page draws
    const root = host.attachShadow({ mode: 'closed' });
    const button = element('button', '', '×');
    button.ariaLabel = i18n.getMessage('card_close');
    button.addEventListener('click', close);
    const card = element('div', 'card', '', ...findings.map(section), button);
    card.role = 'dialog';
    card.ariaLabel = i18n.getMessage('name');
    card.tabIndex = -1;
    root.append(element('style', '', CSS_TEXT), card);
    document.documentElement.append(host);
    host.showPopover();
    open = { host, card, range, pinned, returnTo: pinned ? document.activeElement : null };
    place();
    if (pinned) card.focus({ preventScroll: true });
    addEventListener('scroll', place, { capture: true, passive: true });
    addEventListener('keydown', closeOnEscape, true);
  }

  /** Below the words, or above them where there is no room. */
  function place() {
    const { card, range } = open;
    if (range.collapsed) return close(); // the page has taken the words away
    const words = range.getBoundingClientRect();
    const below = words.bottom + GAP;
    const top = below + card.offsetHeight <= innerHeight ? below : Math.max(GAP, words.top - GAP - card.offsetHeight);
    const left = Math.min(words.left, document.documentElement.clientWidth - card.offsetWidth - GAP);
    card.style.top = `${top}px`;
    card.style.left = `${Math.max(GAP, left)}px`;
  }

  function closeOnEscape(event) {
    if (event.key !== 'Escape') return;
    event.stopPropagation(); // the page's own dialogs stay open
    close();
  }

  function close() {
    if (!open) return;
    const { host, returnTo } = open;
    open = null;
    removeEventListener('scroll', place, { capture: true });
    removeEventListener('keydown', closeOnEscape, true);
    host.remove();
    returnTo?.focus({ preventScroll: true });
  }

  return {
    show,
    close,
    isPinned: () => open?.pinned ?? false,
    isAbout: (range) => open !== null && open.range === range,
    holds: (target) => open?.host === target,
  };
})();
