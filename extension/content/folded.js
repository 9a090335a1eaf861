/**
 * The words of the page's closed parts, such as accordions and tabs. They are not marked, and not seen; but what stands
 * there is not left out by the page.
 */
globalThis.caveat ??= /** @type {any} */ ({});

caveat.folded ??= (() => {
  const LIMIT = 50_000;
  const { dom } = caveat;
  const CLOSED = 'details:not([open]), [role="tabpanel"], [hidden="until-found"], .collapse, .accordion-collapse, .accordion-content, .tab-pane';
  const OPENERS = '[aria-expanded="false"][aria-controls], [role="tab"][aria-controls]';
  /** What opens there is no part of the text. */
  const ELSEWHERE = 'nav, nav *, header, header *, form, form *, dialog, dialog *, [role="dialog"], [role="dialog"] *, [role="menu"], [role="menu"] *, [role="listbox"]';
  const NO_WORDS = 'script, style, template, noscript, nav, form, button, select, textarea, svg, [contenteditable], [aria-hidden="true"]';
  const BLOCKS = 'address, article, blockquote, caption, dd, details, div, dl, dt, figcaption, h1, h2, h3, h4, h5, h6, li, ol, p, pre, section, summary, table, td, th, tr, ul';

  /** @returns {Element[]} */
  function closed() {
    const all = (/** @type {string} */ selector) => [.../** @type {NodeListOf<Element>} */ (Document.prototype.querySelectorAll.call(document, selector))];
    const opened = all(OPENERS).flatMap((opener) => Document.prototype.getElementById.call(document, dom.attribute(opener, 'aria-controls') ?? '') ?? []);
    const parts = new Set([...all(CLOSED), ...opened]);
    return [...parts].filter((part) => !dom.matches(part, ELSEWHERE) && (dom.matches(part, 'details:not([open])') ? dom.hasBox(part) : !dom.isVisible(part)));
  }

  /** @param {Element} part @param {{text: string, blocks: {element: Element, start: number}[]}} read @param {Set<Node>} seen */
  function read(part, read, seen) {
    const walker = dom.walker(part);
    /** @type {Element|null} */
    let last = null;
    for (let node = walker.nextNode(); node && read.text.length < LIMIT; node = walker.nextNode()) {
      if (!dom.isText(node) || seen.has(node)) continue;
      seen.add(node);
      const words = caveat.extract.clean(dom.textContent(node));
      const holder = dom.holderOf(node);
      if (words.trim() === '' || isHeadOf(part, holder) || within(holder, NO_WORDS, part)) continue;
      const block = within(holder, BLOCKS, part) ?? part;
      if (block !== last) {
        if (read.text) read.text += '\n';
        read.blocks.push({ element: block, start: read.text.length });
      }
      last = block;
      read.text += words.slice(0, LIMIT - read.text.length).toWellFormed();
    }
  }

  /** The head of a closed part is seen, and read with the rest. @param {Element} part @param {Element} holder */
  const isHeadOf = (part, holder) => dom.localName(part) === 'details' && dom.parentOf(within(holder, 'summary', part) ?? part) === part;

  /** The nearest around that is such, up to the part itself. @param {Element} element @param {string} selector @param {Element} part @returns {Element|null} */
  function within(element, selector, part) {
    for (let at = /** @type {Element|null} */ (element); at; at = dom.parentOf(at)) {
      if (dom.matches(at, selector)) return at;
      if (at === part) return null;
    }
    return null;
  }

  /** @returns {{text: string, blocks: {element: Element, start: number}[]}} as `extract` gives what is seen */
  return function folded() {
    const all = { text: '', blocks: [] };
    const seen = new Set();
    for (const part of closed()) read(part, all, seen);
    return all;
  };
})();
