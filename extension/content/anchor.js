/** From a place in the extracted text to a place in the page. */
globalThis.caveat ??= /** @type {any} */ ({});

caveat.anchor ??= (() => {
  /** The last piece that starts at or before an offset. @param {Piece[]} pieces @param {number} offset */
  function indexAt(pieces, offset) {
    let low = 0;
    let high = pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (pieces[middle].start <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /**
   * The page may have changed since it was read: a range is given only where the same words still stand.
   * @param {PageText} page
   * @param {{start: number, end: number}} finding
   * @returns {Range|null}
   */
  return function anchor({ text, pieces }, { start, end }) {
    const first = indexAt(pieces, start);
    const last = indexAt(pieces, end - 1); // not `end`: it may be where the next node begins
    if (start < pieces[first].start || start >= pieces[first].end || end > pieces[last].end) return null;
    for (const { node, ...piece } of pieces.slice(first, last + 1)) {
      const from = Math.max(start, piece.start);
      const to = Math.min(end, piece.end);
      const now = caveat.extract.clean(node.data.slice(from - piece.start, to - piece.start));
      if (!node.isConnected || now !== text.slice(from, to)) return null;
    }
    const range = new Range();
    range.setStart(pieces[first].node, start - pieces[first].start);
    range.setEnd(pieces[last].node, end - pieces[last].start);
    return range;
  };
})();
