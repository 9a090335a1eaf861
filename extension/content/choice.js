/** Which findings the reader wants to see. */
globalThis.caveat ??= /** @type {any} */ ({});

caveat.choice ??= (() => {
  const SEVERITIES = ['note', 'caution', 'warning'];

  /** As lib/settings.js folds the quotes of what is hidden. @param {string} quote */
  const fold = (quote) => quote.replace(/\s+/g, ' ').trim().toLowerCase();

  /**
   * @param {Finding[]} findings
   * @param {PageSettings} settings
   * @returns {Finding[]}
   */
  return function choice(findings, { categories, lowest, hidden, muted }) {
    if (muted) return [];
    const least = SEVERITIES.indexOf(lowest);
    const hiddenQuotes = new Set(hidden.map(({ category, quote }) => `${category} ${quote}`));
    return findings.filter(({ category, severity, quote }) => categories[category]
      && SEVERITIES.indexOf(severity) >= least
      && !hiddenQuotes.has(`${category} ${fold(quote)}`));
  };
})();
