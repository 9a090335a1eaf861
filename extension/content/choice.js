/** Which findings the reader wants to see. */
globalThis.caveat ??= /** @type {any} */ ({});

caveat.choice ??= (() => {
  /** As lib/settings.js folds the quotes of what is hidden. @param {string} quote */
  const fold = (quote) => quote.replace(/\s+/g, ' ').trim().toLowerCase();

  /**
   * @param {Finding[]} findings
   * @param {PageSettings} settings
   * @returns {Finding[]}
   */
  return function choice(findings, { categories, marks, hidden, muted }) {
    if (muted) return [];
    const hiddenQuotes = new Set(hidden.map(({ category, quote }) => `${category} ${quote}`));
    return findings.filter(({ category, mark, quote }) => mark !== 'none' && marks[mark]
      && categories[category]
      && !hiddenQuotes.has(`${category} ${fold(quote)}`));
  };
})();
