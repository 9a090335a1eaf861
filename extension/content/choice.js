/** Which findings the reader wants to see, and which of them first. */
globalThis.caveat ??= /** @type {any} */ ({});

caveat.choice ??= (() => {
  const GRAVEST_FIRST = ['check', 'know', 'warns'];

  /** As lib/settings.js folds the quotes of what is hidden. @param {string} quote */
  const fold = (quote) => quote.replace(/\s+/g, ' ').trim().toLowerCase();

  /**
   * @param {Finding[]} findings
   * @param {PageSettings} settings
   * @returns {Finding[]}
   */
  function choice(findings, { categories, marks, hidden, muted }) {
    if (muted) return [];
    const hiddenQuotes = new Set(hidden.map(({ category, quote }) => `${category} ${quote}`));
    return findings.filter(({ category, mark, quote }) => mark !== 'none' && marks[mark]
      && categories[category]
      && !hiddenQuotes.has(`${category} ${fold(quote)}`));
  }

  /** For `sort`: what asks more of the reader comes first. @param {{mark: string}} one @param {{mark: string}} other */
  const byGravity = (one, other) => GRAVEST_FIRST.indexOf(one.mark) - GRAVEST_FIRST.indexOf(other.mark);

  return Object.assign(choice, { byGravity });
})();
