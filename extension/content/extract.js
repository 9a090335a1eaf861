/**
 * The page's visible text, and where each piece of it stands.
 */
globalThis.caveat ??= /** @type {any} */ ({});

caveat.extract ??= (() => {
  const LIMIT = 200_000;

  /** What a reader does not read as the page's words, or has typed. */
  const SKIP = [
    'head, script, style, noscript, template, iframe, object, audio, video, canvas, svg, math',
    'textarea, input, select, button, [contenteditable]:not([contenteditable="false" i])',
    'nav, [role="navigation"], [aria-hidden="true"]',
  ].join(',');

  /** @param {Element} element */
  const isInline = (element) => ['inline', 'contents'].includes(getComputedStyle(element).display);

  /** @param {Element} element */
  function isSkipped(element) {
    if (element.matches(SKIP) || /** @type {HTMLElement} */ (element).isContentEditable) return true;
    // The fallback inside a slot shows only while nothing is slotted.
    if (element.localName === 'slot' && /** @type {HTMLSlotElement} */ (element).assignedNodes().length > 0) return true;
    const { display, contentVisibility } = getComputedStyle(element);
    if (contentVisibility === 'hidden') return true; // e.g. hidden="until-found"
    return display !== 'contents' && !element.checkVisibility({ visibilityProperty: true });
  }

  /** @param {Node} node */
  const filter = (node) =>
    node.nodeType === Node.ELEMENT_NODE && isSkipped(/** @type {Element} */ (node)) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;

  /** As long as the string it is given, so that every offset holds in both. @param {string} data */
  const clean = (data) => data.toWellFormed().replace(/\s/g, ' ');

  /** @returns {PageText} */
  function extract() {
    /** @type {string[]} */
    const parts = [];
    /** @type {Piece[]} */
    const pieces = [];
    /** @type {Map<Element, Element>} */
    const blocks = new Map();
    let length = 0;
    /** @type {Element|undefined} */
    let lastBlock;
    let cut = false;

    /** @param {Element} element @returns {Element} */
    function blockOf(element) {
      if (!blocks.has(element)) {
        const parent = element.assignedSlot ?? element.parentElement ?? /** @type {ShadowRoot} */ (element.getRootNode()).host;
        blocks.set(element, parent && isInline(element) ? blockOf(parent) : element);
      }
      return /** @type {Element} */ (blocks.get(element));
    }

    /** @param {string} string */
    function add(string) {
      if (length + string.length > LIMIT) {
        cut = true;
        string = string.slice(0, LIMIT - length).replace(/[\ud800-\udbff]$/, ''); // never half a character
      }
      parts.push(string);
      length += string.length;
    }

    /** @param {Text} node */
    function addText(node) {
      const parent = node.parentElement ?? /** @type {ShadowRoot} */ (node.parentNode).host;
      if (parent.shadowRoot && node.parentNode === parent && !node.assignedSlot) return; // not rendered
      if (parent.matches('details:not([open])')) return;
      const string = clean(node.data);
      const block = blockOf(parent);
      if (block !== lastBlock) {
        if (string.trim() === '') return; // the white space between two blocks
        if (lastBlock) add('\n');
        lastBlock = block;
      }
      const start = length;
      add(string);
      if (length > start) pieces.push({ node, start, end: length });
    }

    /** @param {Node} root */
    function walk(root) {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, filter);
      while (!cut && walker.nextNode()) {
        const node = /** @type {Element} */ (walker.currentNode);
        if (node.nodeType === Node.TEXT_NODE) addText(/** @type {any} */ (node));
        else if (node.localName === 'br') add('\n');
        else if (node.shadowRoot) walk(node.shadowRoot);
      }
    }

    walk(document);
    return { text: parts.join(''), pieces, cut };
  }

  return Object.assign(extract, { clean });
})();
