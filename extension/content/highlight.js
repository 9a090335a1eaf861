/** Draws findings over the page's words, without touching its elements. */
globalThis.caveat ??= /** @type {any} */ ({});

caveat.highlight ??= (() => {
  const FLASH_MS = 1600;
  const { dom, contrast } = caveat;

  /**
   * Our own record: Firefox lets no content script iterate `CSS.highlights`.
   * `layer` is the highlight it is drawn by, `words` are those that the range was given for, `node` the text that holds all of it, if one does.
   * @typedef {{finding: Finding, layer: string, words: string, node: Text|null, start: number, end: number}} Entry
   * @type {Map<Range, Entry>}
   */
  const entries = new Map();
  /** The ranges of each text that holds all of them. @type {Map<Node, Set<Range>>} */
  const within = new Map();
  /** The ranges that span several texts. @type {Set<Range>} */
  const across = new Set();
  /** One for each mark on each kind of background, in the page's registry as `caveat-<mark>-<background>`. @type {Map<string, {highlight: Highlight, count: number}>} */
  const highlights = new Map();
  /** The hit test looks into shadow roots only when it is given them. @type {Set<ShadowRoot>} */
  const shadowRoots = new Set();
  /** Firefox keeps the rules of page.css out of shadow roots, so each gets its own. @type {WeakMap<ShadowRoot, Map<string, CSSStyleSheet>>} */
  const styled = new WeakMap();

  /** @param {ShadowRoot} root @param {string} layer */
  function style(root, layer) {
    const sheets = styled.get(root) ?? new Map();
    styled.set(root, sheets);
    const sheet = sheets.get(layer) ?? new CSSStyleSheet();
    if (root.adoptedStyleSheets.includes(sheet)) return;
    sheets.set(layer, sheet);
    const [mark] = layer.split('-');
    sheet.replaceSync(`::highlight(caveat-${layer}) {
      text-decoration: underline var(--caveat-${mark}-line) var(--caveat-${layer});
      background-color: color-mix(in srgb, var(--caveat-${layer}) var(--caveat-${mark}-tint, 0%), transparent);
    }`);
    root.adoptedStyleSheets.push(sheet);
  }

  /** @param {string} name */
  function named(name) {
    const known = highlights.get(name);
    if (known) return known;
    const made = { highlight: new Highlight(), count: 0 };
    highlights.set(name, made);
    CSS.highlights.set(`caveat-${name}`, made.highlight);
    return made;
  }

  /** @param {Range} range @param {Finding} finding */
  function add(range, finding) {
    const node = /** @type {Text} */ (range.startContainer);
    const layer = layerOf(range, finding);
    enter(range, layer);
    const isWithin = node === range.endContainer;
    const { startOffset: start, endOffset: end } = range;
    entries.set(range, { finding, layer, words: range.toString(), node: isWithin ? node : null, start, end });
    if (!isWithin) across.add(range);
    else if (within.has(node)) /** @type {Set<Range>} */ (within.get(node)).add(range);
    else within.set(node, new Set([range]));
  }

  /** How a mark looks where a range stands. @param {Range} range @param {Finding} finding @returns {string} the name of its layer */
  const layerOf = (range, { mark }) => `${mark}-${contrast(dom.holderOf(range.startContainer))}`;

  /** @param {Range} range @param {string} name  of the layer */
  function enter(range, name) {
    const root = dom.rootOf(range.startContainer);
    if (root instanceof ShadowRoot) {
      shadowRoots.add(root);
      style(root, name);
    }
    const layer = named(name);
    layer.highlight.add(range);
    layer.count += 1;
  }

  /** @param {Range} range @param {string} name  of the layer */
  function leave(range, name) {
    const layer = named(name);
    layer.highlight.delete(range);
    layer.count -= 1;
  }

  /** @param {Range} range */
  function remove(range) {
    const { layer, node } = /** @type {Entry} */ (entries.get(range));
    entries.delete(range);
    across.delete(range);
    if (node) {
      within.get(node)?.delete(range);
      if (within.get(node)?.size === 0) within.delete(node);
    }
    leave(range, layer);
    unflash(range);
  }

  function clear() {
    for (const [name, layer] of highlights) {
      layer.highlight.clear();
      layer.count = 0;
      if (CSS.highlights.get(`caveat-${name}`) === layer.highlight) CSS.highlights.delete(`caveat-${name}`);
    }
    highlights.clear();
    entries.clear();
    within.clear();
    across.clear();
    shadowRoots.clear();
  }

  /**
   * Called before the page is drawn anew: ranges whose words have changed are put back where the same words stand at the
   * same place again, as when a framework writes the same text, and taken away otherwise.
   * @param {MutationRecord[]} records
   * @returns {Range[]} what was taken away
   */
  function follow(records) {
    const doubtful = new Set(across);
    for (const { type, target } of records) {
      if (type === 'characterData') for (const range of within.get(target) ?? []) doubtful.add(range);
    }
    if (records.some(({ removedNodes }) => removedNodes.length > 0)) {
      for (const range of entries.keys()) if (range.collapsed) doubtful.add(range);
    }
    const lost = [...doubtful].filter((range) => !standsStill(range) && !putBack(range));
    lost.forEach(remove);
    return lost;
  }

  /** @param {Range} range */
  const standsStill = (range) => range.toString() === entries.get(range)?.words;

  /** @param {Range} range */
  function putBack(range) {
    const { node, start, end, words } = /** @type {Entry} */ (entries.get(range));
    if (!node || !dom.isConnected(node) || node.data.slice(start, end) !== words) return false;
    range.setStart(node, start);
    range.setEnd(node, end);
    return true;
  }

  /** The page shares the registry, and may have put something else in the place of ours, or into it. */
  function keep() {
    for (const root of shadowRoots) for (const layer of styled.get(root)?.keys() ?? []) style(root, layer);
    const robbed = new Set();
    for (const [range, { layer }] of entries) if (!named(layer).highlight.has(range)) robbed.add(layer);
    for (const [name, layer] of highlights) {
      if (layer.highlight.size !== layer.count || robbed.has(name)) {
        layer.highlight.clear();
        for (const [range, entry] of entries) if (entry.layer === name) layer.highlight.add(range);
      }
      if (CSS.highlights.get(`caveat-${name}`) !== layer.highlight) CSS.highlights.set(`caveat-${name}`, layer.highlight);
    }
  }

  /** The ranges under a point of the window that can be seen there. @param {number} x @param {number} y @returns {Range[]} */
  function rangesAt(x, y) {
    if (entries.size === 0) return [];
    keep();
    return CSS.highlights
      .highlightsFromPoint(x, y, { shadowRoots: [...shadowRoots] })
      .flatMap(({ ranges }) => /** @type {Range[]} */ (ranges))
      // A page can lead our ranges elsewhere too.
      .filter((range) => entries.has(range) && (standsStill(range) || putBack(range)) && range.intersectsNode(topmostAt(range, x, y)));
  }

  /** What is drawn over everything else at a point, seen from the tree a range is in. @param {Range} range @param {number} x @param {number} y */
  function topmostAt(range, x, y) {
    const root = dom.rootOf(range.startContainer);
    const elementFromPoint = root instanceof ShadowRoot ? ShadowRoot.prototype.elementFromPoint : Document.prototype.elementFromPoint;
    return elementFromPoint.call(root, x, y) ?? document;
  }

  /** Where a finding stands, unless the page has since taken those words away; ids are those of the last report. @param {string} id @param {string} quote */
  function rangeOf(id, quote) {
    for (const [range, { finding }] of entries) {
      if (finding.id === id && finding.quote === quote) return range.collapsed ? null : range;
    }
    return null;
  }

  /** @param {Range} range */
  function flash(range) {
    const found = named('found');
    found.highlight.priority = 1;
    found.highlight.clear();
    found.highlight.add(range);
    found.count = 1;
    setTimeout(unflash, FLASH_MS, range);
  }

  /** @param {Range} range */
  function unflash(range) {
    const found = highlights.get('found');
    if (found?.highlight.delete(range)) found.count = 0;
  }

  return {
    add, remove, clear, follow, keep, rangesAt, rangeOf, flash,
    /** @param {Range} range */
    finding: (range) => /** @type {Entry} */ (entries.get(range)).finding,
    /** @param {Range} range */
    has: (range) => entries.has(range),
    ranges: () => [...entries.keys()],
    isEmpty: () => entries.size === 0,
    /** Another report says the same of the same words; the page may have another background since. @param {Range} range @param {Finding} finding */
    renew(range, finding) {
      const entry = /** @type {Entry} */ (entries.get(range));
      const layer = layerOf(range, finding);
      entry.finding = finding;
      if (layer === entry.layer) return;
      leave(range, entry.layer);
      entry.layer = layer;
      enter(range, layer);
    },
  };
})();
