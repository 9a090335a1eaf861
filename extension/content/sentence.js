/** The sentence in which a finding stands. */
globalThis.caveat ??= /** @type {any} */ ({});

caveat.sentence ??= (() => {
  const LONGEST = 1_000;
  const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

  /** @param {string} text @param {{start: number, end: number, quote: string}} finding @returns {string} */
  return function sentence(text, { start, end, quote }) {
    const from = text.lastIndexOf('\n', start - 1) + 1;
    const to = text.indexOf('\n', end);
    const line = text.slice(from, to === -1 ? undefined : to);
    const around = [...segmenter.segment(line)].filter(({ index, segment }) => from + index < end && from + index + segment.length > start);
    const words = around.map(({ segment }) => segment).join('').trim();
    return words.length > 0 && words.length <= LONGEST ? words : quote;
  };
})();
