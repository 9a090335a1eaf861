/**
 * What the blocks of a page are to it: headings, list items, table cells and what heads them. The server's reader of
 * HTML (document/html.py) gives the same, and a test holds both to it.
 */
globalThis.caveat ??= /** @type {any} */ ({});

caveat.structure ??= (() => {
  const { dom } = caveat;
  /** A longer text is no head of a column or a row. */
  const LONGEST_HEAD = 60;
  const MOST_HEADERS = 8;
  /** No definition stands further from its term. */
  const NEAR = 20;
  const WIDEST = 100;
  const LISTS = ['ul', 'ol', 'dl', 'menu'];
  /** @type {Record<string, string>} */
  const ROLES = { dt: 'term', dd: 'definition', caption: 'caption', figcaption: 'caption', blockquote: 'quote' };

  /** @typedef {{role: string, level?: number, cell?: Element, cells: Element[], list?: Element}} Where */

  class Structure {
    /** @type {Map<Element|null, Where>} */
    #places = new Map([[null, { role: 'paragraph', cells: [] }]]);
    /** The number of the block before a list. @type {Map<Element, number|null>} */
    #leads = new Map();
    /** The first block of a cell. @type {Map<Element, {number: number, text: string}>} */
    #firsts = new Map();
    /** @type {Map<Element, Map<Element, Element[]>>} */
    #heads = new Map();
    /** @type {WireBlock[]} */
    blocks = [];

    /** @param {Element} element  the block's @param {string} text */
    add(element, text) {
      const where = this.#whereOf(element);
      const number = this.blocks.length;
      const isEmpty = text.trim() === '';
      for (let list = where.list; list && !this.#leads.has(list); list = this.#whereOf(dom.parentOf(list)).list) {
        this.#leads.set(list, number === 0 ? null : number - 1);
      }
      const headers = [...new Set(where.cells.flatMap((cell) => this.#headersOf(cell)))].slice(0, MOST_HEADERS);
      if (where.cell && !isEmpty && !this.#firsts.has(where.cell)) this.#firsts.set(where.cell, { number, text });
      /** @type {WireBlock} */
      const block = { text };
      if (where.role !== 'paragraph') block.role = where.role;
      if (where.level) block.level = where.level;
      if (headers.length > 0) block.headers = headers;
      const lead = where.role === 'item' && where.list ? this.#leads.get(where.list) ?? null
        : where.role === 'definition' ? this.#lastTerm() : null;
      if (lead !== null) block.lead = lead;
      this.blocks.push(block);
    }

    /** @param {Element|null} element @returns {Where} */
    #whereOf(element) {
      const known = this.#places.get(element);
      if (known) return known;
      const where = place(/** @type {Element} */ (element), this.#whereOf(dom.parentOf(/** @type {Element} */ (element))));
      this.#places.set(element, where);
      return where;
    }

    /** @param {Element} cell */
    #headersOf(cell) {
      const table = tableOf(cell);
      if (!table) return [];
      if (!this.#heads.has(table)) this.#heads.set(table, headsIn(table));
      const heads = this.#heads.get(table)?.get(cell) ?? [];
      return heads.flatMap((head) => {
        const first = this.#firsts.get(head);
        return first && first.text.trim().replace(/\s+/g, ' ').length <= LONGEST_HEAD ? first.number : [];
      });
    }

    #lastTerm() {
      for (let at = this.blocks.length - 1; at >= 0 && at > this.blocks.length - NEAR; at -= 1) {
        if (this.blocks[at].role === 'term') return at;
      }
      return null;
    }
  }

  /** @param {Element} element @param {Where} around @returns {Where} */
  function place(element, around) {
    const name = dom.localName(element);
    const heading = /^h([1-6])$/.exec(name);
    if (heading) return { ...around, role: 'heading', level: Number(heading[1]) };
    if (dom.matches(element, '[role="heading"]')) return { ...around, role: 'heading', level: levelOf(element) };
    if (['td', 'th'].includes(name)) return { role: 'cell', cell: element, cells: [element, ...around.cells] };
    if (LISTS.includes(name)) return { ...around, role: 'item', level: undefined, list: element };
    if (Object.hasOwn(ROLES, name)) return { ...around, role: ROLES[name], level: undefined };
    return around;
  }

  /** @param {Element} element */
  function levelOf(element) {
    for (let level = 1; level <= 6; level += 1) if (dom.matches(element, `[aria-level="${level}"]`)) return level;
    return 2;
  }

  /** @param {Element} cell @returns {Element|null} */
  function tableOf(cell) {
    for (let element = dom.parentOf(cell); element; element = dom.parentOf(element)) {
      if (dom.localName(element) === 'table') return element;
    }
    return null;
  }

  /** What heads each cell of a table: its row first, then its column. @param {Element} table */
  function headsIn(table) {
    /** @type {Map<string, Element>} */
    const taken = new Map();
    /** @type {Map<Element, Element[]>} */
    const heads = new Map();
    rowsOf(table).forEach((row, down) => {
      let across = 0;
      for (const cell of row) {
        while (taken.has(`${down} ${across}`)) across += 1;
        const columns = span(cell, 'colspan');
        const rows = span(cell, 'rowspan');
        const before = [...new Set(range(across).flatMap((at) => taken.get(`${down} ${at}`) ?? []))];
        const above = [...new Set(range(down).flatMap((at) => taken.get(`${at} ${across}`) ?? []))];
        const left = before.filter((each) => isHead(each, 'col'));
        const top = above.filter((each) => isHead(each, 'row'));
        heads.set(cell, [...(left.length > 0 ? left : before.slice(0, 1)), ...(top.length > 0 ? top.slice(-1) : above.slice(0, 1))]);
        for (const y of range(rows)) for (const x of range(columns)) taken.set(`${down + y} ${across + x}`, cell);
        across += columns;
      }
    });
    return heads;
  }

  /** The cells of each row, those of tables within left out. @param {Element} table @returns {Element[][]} */
  function rowsOf(table) {
    /** @type {Element[][]} */
    const rows = [];
    const walker = dom.walker(table);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!dom.isElement(node)) continue;
      const element = /** @type {Element} */ (node);
      const name = dom.localName(element);
      if (!['tr', 'td', 'th'].includes(name) || tableOf(element) !== table) continue;
      if (name === 'tr') rows.push([]);
      else (rows.at(-1) ?? (rows.push([]), rows[0])).push(element);
    }
    return rows;
  }

  /** @param {Element} cell @param {string} other  what it heads, where not what is wanted */
  const isHead = (cell, other) => dom.localName(cell) === 'th' && !dom.matches(cell, `[scope="${other}"]`);

  /** @param {number} count */
  const range = (count) => [...Array(count).keys()];

  /** @param {Element} cell @param {string} name */
  function span(cell, name) {
    const written = dom.attribute(cell, name)?.trim() ?? '1';
    return /^\d{1,4}$/.test(written) ? Math.min(Math.max(Number(written), 1), WIDEST) : 1;
  }

  /**
   * The blocks of a page, as they go to the server; their texts, joined with line breaks, are the page's text.
   * @param {string} text
   * @param {readonly {element: Element, start: number}[]} starts  of each block
   * @returns {WireBlock[]}
   */
  return function structure(text, starts) {
    const made = new Structure();
    starts.forEach(({ element, start }, number) => {
      const end = number + 1 < starts.length ? starts[number + 1].start - 1 : text.length;
      made.add(element, text.slice(start, end));
    });
    return made.blocks;
  };
})();
