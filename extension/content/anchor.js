/** From a place in the page's text to a place in the page, and from an old text to a new one. */
globalThis.caveat ??= /** @type {any} */ ({});

caveat.anchor ??= (() => {
  const { dom, extract } = caveat;
  const WORD = /[\p{L}\p{N}]/u;

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
  function anchor({ text, pieces }, { start, end }) {
    if (pieces.length === 0) return null;
    const first = indexAt(pieces, start);
    const last = indexAt(pieces, end - 1); // not `end`: it may be where the next node begins
    if (start < pieces[first].start || start >= pieces[first].end || end > pieces[last].end) return null;
    for (const { node, ...piece } of pieces.slice(first, last + 1)) {
      const from = Math.max(start, piece.start);
      const to = Math.min(end, piece.end);
      const now = extract.clean(node.data.slice(from - piece.start, to - piece.start));
      if (!dom.isConnected(node) || now !== extract.clean(text.slice(from, to))) return null;
    }
    const range = new Range();
    range.setStart(pieces[first].node, start - pieces[first].start);
    range.setEnd(pieces[last].node, end - pieces[last].start);
    return range;
  }

  /**
   * Where findings of an old text stand in a new one: before and after what changed they only shift; within it they are
   * looked for by their exact quote, nearest to where they stood. Those that stand nowhere are left out.
   * @param {Finding[]} findings
   * @param {string} was
   * @param {string} now
   * @returns {Finding[]}
   */
  function move(findings, was, now) {
    const shortest = Math.min(was.length, now.length);
    let head = 0;
    while (head < shortest && was[head] === now[head]) head += 1;
    let tail = 0;
    while (tail < shortest - head && was[was.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
    const grown = now.length - was.length;
    const changed = now.slice(0, now.length - tail);
    return findings.flatMap((finding) => {
      const { start, end, quote } = finding;
      const place = end < head ? start
        : start > was.length - tail ? start + grown
        : nearest(changed, quote, start, head - quote.length);
      if (place === -1 || !standsAlone(now, place, place + quote.length, quote)) return [];
      return [{ ...finding, start: place, end: place + quote.length }];
    });
  }

  /** @param {string} text @param {string} quote @param {number} place @param {number} from */
  function nearest(text, quote, place, from) {
    const before = text.lastIndexOf(quote, place);
    const after = text.indexOf(quote, place);
    if (before < Math.max(0, from)) return after;
    return after === -1 || place - before <= after - place ? before : after;
  }

  /** The "5 mg" of "15 mg" is another dose. @param {string} text @param {number} start @param {number} end @param {string} quote */
  function standsAlone(text, start, end, quote) {
    const joins = (/** @type {string} */ one, /** @type {string} */ other) => WORD.test(one) && WORD.test(other);
    return !joins(text[start - 1] ?? '', quote[0]) && !joins(quote[quote.length - 1], text[end] ?? '');
  }

  return Object.assign(anchor, { move });
})();
