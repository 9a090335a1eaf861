/** The sentence in which a finding stands. */
globalThis.caveat ??= /** @type {any} */ ({});

caveat.sentence ??= (() => {
  const LONGEST = 1_000;
  const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

  /** @param {string} text @param {{start: number, end: number, quote: string}} finding @returns {string} */
  return function sentence(text, { start, end, quote }) {
    const from = Math.max(text.lastIndexOf('\n', start - 1) + 1, start - LONGEST); // a line may be a whole book
    const stop = text.indexOf('\n', end);
    const to = Math.min(stop === -1 ? text.length : stop, end + LONGEST);
    const around = [...segmenter.segment(text.slice(from, to))].filter(({ index, segment }) => from + index < end && from + index + segment.length > start);
    const words = around.map(({ segment }) => segment).join('').trim();
    return words.length > 0 && words.length <= LONGEST ? words : quote;
  };
})();
