/**
 * The page's visible text, and where each piece of it stands.
 */
globalThis.caveat ??= /** @type {any} */ ({});

caveat.extract ??= (() => {
  const LIMIT = 200_000;
  const ATTEMPTS = 3;
  const { dom, pause } = caveat;

  /** What a reader does not read as the page's words, or has typed. */
  const SKIP = [
    'head, script, style, noscript, template, iframe, object, audio, video, canvas, svg, math',
    'textarea, input, select, button, [contenteditable]:not([contenteditable="false" i])',
    'nav, [role="navigation"], [aria-hidden="true"]',
  ].join(',');

  /** @param {Element} element */
  function isSkipped(element) {
    if (dom.matches(element, SKIP)) return true;
    // The fallback inside a slot shows only while nothing is slotted.
    if (element instanceof HTMLSlotElement && element.assignedNodes().length > 0) return true;
    return !dom.isVisible(element) && getComputedStyle(element).display !== 'contents';
  }

  /** @param {Node} node */
  const filter = (node) =>
    dom.isElement(node) && isSkipped(/** @type {Element} */ (node)) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;

  /** As long as the string it is given, so that every offset holds in both. @param {string} data */
  const clean = (data) => data.toWellFormed().replace(/\s/g, ' ');

  /** What has been read so far. */
  class Reading {
    /** @type {string[]} */
    parts = [];
    /** @type {Piece[]} */
    pieces = [];
    /** @type {ShadowRoot[]} */
    roots = [];
    /** @type {Map<Element, Element>} */
    rootless = new Map();
    length = 0;
    cut = false;
    /** @type {Element|undefined} */
    #lastBlock;
    /** @type {Map<Element, Element>} */
    #blocks = new Map();
    /** @type {Map<Element, boolean>} */
    #showing = new Map();

    /** The nearest block around an element. @param {Element} element @returns {Element} */
    blockOf(element) {
      const known = this.#blocks.get(element);
      if (known) return known;
      const parent = dom.parentOf(element);
      const isInline = ['inline', 'contents'].includes(getComputedStyle(element).display);
      const block = parent && isInline ? this.blockOf(parent) : element;
      this.#blocks.set(element, block);
      return block;
    }

    /** Whether an element shows the texts directly within it. @param {Element} element */
    #shows(element) {
      const known = this.#showing.get(element);
      if (known !== undefined) return known;
      const shows = !dom.matches(element, 'details:not([open])')
        && getComputedStyle(element).contentVisibility !== 'hidden'; // e.g. hidden="until-found"
      this.#showing.set(element, shows);
      return shows;
    }

    /** @param {string} string */
    add(string) {
      if (this.length + string.length > LIMIT) {
        this.cut = true;
        string = string.slice(0, LIMIT - this.length).replace(/[\ud800-\udbff]$/, ''); // never half a character
      }
      this.parts.push(string);
      this.length += string.length;
    }

    /** @param {Text} node */
    addText(node) {
      const parent = dom.parentElement(node) ?? /** @type {ShadowRoot} */ (dom.rootOf(node)).host;
      const isUnslotted = dom.shadowRoot(parent) !== null && dom.rootOf(node) === dom.rootOf(parent) && !node.assignedSlot;
      if (isUnslotted || !this.#shows(parent)) return;
      const string = clean(node.data);
      const block = this.blockOf(parent);
      if (block !== this.#lastBlock) {
        if (string.trim() === '') return; // the white space between two blocks
        if (this.#lastBlock) this.add('\n');
        this.#lastBlock = block;
      }
      const start = this.length;
      this.add(string);
      if (this.length > start) this.pieces.push({ node, start, end: this.length });
    }

    /** @returns {PageText} */
    get page() {
      const { pieces, cut, roots, rootless } = this;
      return { text: this.parts.join(''), pieces, cut, roots, rootless };
    }
  }

  /**
   * Reads a tree; false when the page has taken away, in a pause, the place where the reading stood.
   * @param {Node} tree
   * @param {Reading} reading
   * @param {ReturnType<typeof pause>} rest
   * @returns {Promise<boolean>}
   */
  async function walk(tree, reading, rest) {
    const walker = dom.walker(tree, filter);
    while (!reading.cut && walker.nextNode()) {
      const node = walker.currentNode;
      const root = dom.isElement(node) ? dom.shadowRoot(node) : null;
      if (!dom.isElement(node)) reading.addText(/** @type {Text} */ (node));
      else if (dom.localName(node) === 'br') reading.add('\n');
      else if (root) {
        reading.roots.push(root);
        if (!(await walk(root, reading, rest))) return false;
      } else if (dom.localName(node).includes('-')) reading.rootless.set(/** @type {Element} */ (node), reading.blockOf(/** @type {Element} */ (node)));
      if (rest.isDue()) {
        await rest.next();
        if (!dom.isConnected(node)) return false;
      }
    }
    return true;
  }

  /** @returns {Promise<PageText>} */
  async function extract() {
    const rest = pause();
    for (let attempt = 1; ; attempt += 1) {
      const reading = new Reading();
      if (document.designMode === 'on') return reading.page; // all of it may have been typed
      // A page that changes without end is read as far as it lets itself be.
      if (await walk(document, reading, rest) || attempt === ATTEMPTS) return reading.page;
    }
  }

  return Object.assign(extract, { clean });
})();
