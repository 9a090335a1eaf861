/**
 * The page's visible text, and where each piece of it stands.
 */
globalThis.caveat ??= /** @type {any} */ ({});

caveat.extract ??= (() => {
  const LIMIT = 200_000;
  const ATTEMPTS = 3;
  const { dom, pause, sight } = caveat;
  /** What may show words that nobody can read from here. @type {Record<string, keyof PageText['unread']>} */
  const UNREAD = { iframe: 'frames', frame: 'frames', canvas: 'drawings', embed: 'frames', object: 'frames' };
  /** Smaller ones, in pixels, show none. */
  const SMALLEST = 100;
  /** A line with fewer characters was not broken because it was full. */
  const FULL_LINE = 50;
  const WRAPPED = new RegExp(String.raw`(?<=[^\n]{${FULL_LINE}})\n(?![^\S\n]*(?:\n|[-*•–]|\d{1,2}[.)]\s))`, 'g');

  /**
   * As long as the string it is given, so that every offset holds in both.
   * @param {string} data
   * @param {{keepsBreaks?: boolean, isTypeset?: boolean}} [where]
   */
  function clean(data, { keepsBreaks = false, isTypeset = false } = {}) {
    const text = data.toWellFormed();
    if (!keepsBreaks) return text.replace(/\s/g, ' ');
    return (isTypeset ? text.replace(WRAPPED, ' ') : text).replace(/[^\S\n]/g, ' ');
  }

  /** @param {Element} element @returns {keyof PageText['unread']|undefined} */
  function unreadKind(element) {
    const isPdf = dom.matches(element, 'embed, object') && ['type', 'src', 'data'].some((name) => /pdf/i.test(dom.attribute(element, name) ?? ''));
    return isPdf ? 'documents' : UNREAD[dom.localName(element)];
  }

  /** What has been read so far. */
  class Reading {
    /** @type {string[]} */
    parts = [];
    /** @type {Piece[]} */
    pieces = [];
    /** @type {{element: Element, start: number}[]} */
    blocks = [];
    /** @type {ShadowRoot[]} */
    roots = [];
    /** @type {Map<Element, Element>} */
    rootless = new Map();
    length = 0;
    cut = false;
    unread = { frames: 0, drawings: 0, documents: 0, closed: 0 };
    /** Of the frames among that. @type {Set<string>} */
    origins = new Set();
    /** Where the words before stand. @type {Place|undefined} */
    #last;
    /** @type {Map<Element, Place>} */
    #places = new Map();

    /** @param {Element} element */
    placeOf = (element) => {
      const known = this.#places.get(element);
      if (known) return known;
      const place = sight.place(element, this.placeOf);
      this.#places.set(element, place);
      return place;
    };

    /** Notes what shows words, perhaps, and cannot be read. @param {Element} element */
    note(element) {
      const kind = unreadKind(element);
      if (!kind || !dom.hasBox(element)) return;
      const { width, height } = Element.prototype.getBoundingClientRect.call(element);
      if (width < SMALLEST || height < SMALLEST) return;
      this.unread[kind] += 1;
      const origin = kind === 'frames' ? URL.parse(dom.attribute(element, 'src') ?? '', document.baseURI)?.origin : undefined;
      if (origin && origin !== location.origin) this.origins.add(origin);
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
      const parent = dom.holderOf(node);
      const place = this.placeOf(node.assignedSlot ?? parent);
      if (!place.shows || (isCustom(parent) && !isDrawn(node))) return;
      const string = clean(node.data, place);
      const last = this.#last;
      if (place.block !== last?.block) {
        if (string.trim() === '') return; // the white space between two blocks
        if (last) this.add('\n');
        if (this.cut) return;
        this.blocks.push({ element: place.block, start: last ? this.length : 0 });
      } else if (place.box !== last.box && (place.isApart || last.isApart) && !/^\s/.test(string)) {
        this.add(' ');
      }
      this.#last = place;
      const start = this.length;
      this.add(string);
      if (this.length > start) this.pieces.push({ node, start, end: this.length });
    }

    /** @returns {PageText} */
    get page() {
      const { pieces, blocks, cut, unread, origins, roots, rootless } = this;
      return { text: this.parts.join(''), pieces, blocks, cut, unread, origins: [...origins], roots, rootless };
    }
  }

  /** @param {Node} node */
  const isCustom = (node) => dom.localName(node).includes('-');

  /** What no slot of a closed shadow root takes up is not drawn. @param {Text} node */
  function isDrawn(node) {
    const range = new Range();
    range.selectNode(node);
    return range.getClientRects().length > 0;
  }

  /**
   * Reads a node and what is under it, as it is drawn; false when the page has taken away, in a pause, the place where
   * the reading stood.
   * @param {Node} tree
   * @param {Reading} reading
   * @param {ReturnType<typeof pause>} rest
   * @returns {Promise<boolean>}
   */
  async function walk(tree, reading, rest) {
    const walker = dom.walker(tree);
    /** @type {Node|null} */
    let node = tree;
    while (node && !reading.cut) {
      let isDone = false;
      if (dom.isText(node)) {
        reading.addText(/** @type {Text} */ (node));
      } else if (dom.isElement(node)) {
        const element = /** @type {Element} */ (node);
        const isSkipped = sight.isSkipped(element);
        if (isSkipped) reading.note(element);
        const instead = isSkipped ? [] : drawnInstead(element, reading);
        for (const other of instead ?? []) if (!(await walk(other, reading, rest))) return false;
        isDone = instead !== null;
        if (!isSkipped && dom.localName(element) === 'br') reading.add('\n');
        if (!isSkipped && sight.isExponent(element)) reading.add('^');
      }
      if (rest.isDue()) {
        await rest.next();
        if (!dom.isConnected(node)) return false;
      }
      node = isDone ? past(walker) : walker.nextNode();
    }
    return true;
  }

  /** What is drawn in the place of an element's own children, or null. @param {Element} element @param {Reading} reading @returns {Node[]|null} */
  function drawnInstead(element, reading) {
    const root = dom.shadowRoot(element);
    if (root) {
      reading.roots.push(root);
      return [root];
    }
    if (isCustom(element) && dom.hasClosedRoot(element)) reading.unread.closed += 1;
    if (isCustom(element)) reading.rootless.set(element, reading.placeOf(element).block);
    const slotted = element instanceof HTMLSlotElement ? element.assignedNodes() : [];
    return slotted.length > 0 ? slotted : null;
  }

  /** The node after the one that the walker is at and all that is under that. @param {TreeWalker} walker */
  function past(walker) {
    while (!walker.nextSibling()) if (!walker.parentNode()) return null;
    return walker.currentNode;
  }

  /** @returns {Promise<PageText>} */
  async function extract() {
    const rest = pause();
    for (let attempt = 1; ; attempt += 1) {
      const reading = new Reading();
      // All of it may have been typed, or nothing of it is seen.
      if (document.designMode === 'on' || sight.isUnseenFrame()) return reading.page;
      // A page that changes without end is read as far as it lets itself be.
      if (await walk(document, reading, rest) || attempt === ATTEMPTS) return reading.page;
    }
  }

  return Object.assign(extract, { clean });
})();
