/** Draws findings over the page's words, without touching its elements. */
globalThis.caveat ??= /** @type {any} */ ({});

caveat.highlight ??= (() => {
  const FLASH_MS = 1600;

  /** Our own record: Firefox lets no content script iterate `CSS.highlights`. @type {Map<Range, Finding>} */
  const findings = new Map();
  /** One for each category, in the page's registry as `caveat-<category>`. @type {Map<string, Highlight>} */
  const highlights = new Map();
  /** The hit test looks into shadow roots only when it is given them. @type {Set<ShadowRoot>} */
  const shadowRoots = new Set();

  /** Firefox keeps the rules of page.css out of shadow roots, so each gets its own. @type {WeakMap<ShadowRoot, Set<string>>} */
  const styled = new WeakMap();

  /** @param {ShadowRoot} root @param {string} category */
  function style(root, category) {
    const done = styled.get(root) ?? new Set();
    if (done.has(category)) return;
    styled.set(root, done.add(category));
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`::highlight(caveat-${category}) {
      text-decoration: underline var(--caveat-${category}-line) var(--caveat-${category});
      background-color: color-mix(in srgb, var(--caveat-${category}) 13%, transparent);
    }`);
    root.adoptedStyleSheets.push(sheet);
  }

  /** @param {string} name @returns {Highlight} */
  function named(name) {
    let highlight = highlights.get(name);
    if (!highlight) {
      highlight = new Highlight();
      highlights.set(name, highlight);
      CSS.highlights.set(`caveat-${name}`, highlight);
    }
    return highlight;
  }

  function clear() {
    for (const highlight of highlights.values()) highlight.clear();
    findings.clear();
    shadowRoots.clear();
  }

  /** @param {Range} range @param {Finding} finding */
  function add(range, finding) {
    const root = range.startContainer.getRootNode();
    if (root instanceof ShadowRoot) {
      shadowRoots.add(root);
      style(root, finding.category);
    }
    findings.set(range, finding);
    named(finding.category).add(range);
  }

  /** The ranges under a point of the window that can be seen there. @param {number} x @param {number} y @returns {Range[]} */
  function rangesAt(x, y) {
    if (findings.size === 0) return [];
    return CSS.highlights
      .highlightsFromPoint(x, y, { shadowRoots: [...shadowRoots] })
      .flatMap(({ ranges }) => ranges)
      .filter((range) => findings.has(range) && range.intersectsNode(topmostAt(range, x, y)));
  }

  /** What is drawn over everything else at a point, seen from the tree a range is in. @param {Range} range @param {number} x @param {number} y */
  const topmostAt = (range, x, y) => /** @type {Document|ShadowRoot} */ (range.startContainer.getRootNode()).elementFromPoint(x, y) ?? document;

  /** Where a finding stands, unless the page has since rewritten those words. @param {string} id */
  function rangeOf(id) {
    for (const [range, finding] of findings) {
      if (finding.id === id) return range.collapsed ? null : range;
    }
    return null;
  }

  /** @param {Range} range */
  function flash(range) {
    const found = named('found');
    found.priority = 1;
    found.clear();
    found.add(range);
    setTimeout(() => found.delete(range), FLASH_MS);
  }

  return { add, clear, rangesAt, rangeOf, flash, finding: (/** @type {Range} */ range) => /** @type {Finding} */ (findings.get(range)) };
})();
