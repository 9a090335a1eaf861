/** Whether a page speaks of health. This is looked at here, before anything leaves the browser. */
globalThis.caveat ??= /** @type {any} */ ({});

caveat.topic ??= (() => {
  /** Words within so many characters of each other are about the same. */
  const NEAR = 120;
  /** A page that names a substance so often is about it. */
  const OFTEN = 3;

  /**
   * @typedef {'name'|'food'|'sign'|'unit'} Kind
   * @typedef {{words: string[], kind: Kind}} Entry
   * @typedef {{kind: Kind, what: string, at: number}} Hit
   */

  /** The entries of the word list by their first word. @returns {Map<string, Entry[]>} */
  function byFirstWord({ names, foods, signs, units }) {
    const entries = new Map();
    const lists = /** @type {[Kind, string][]} */ ([['name', names], ['food', foods], ['sign', signs], ['unit', units]]);
    for (const [kind, list] of lists) {
      for (const entry of list.split(',')) {
        const words = entry.trim().split(' ');
        if (!entries.has(words[0])) entries.set(words[0], []);
        entries.get(words[0]).push({ words, kind });
      }
    }
    return entries;
  }

  /** @type {Map<string, Entry[]>} */
  let entries;
  let letters = 0;

  /** Plain lowercase; the places of words need not be kept. @param {string} text */
  function fold(text) {
    const plain = /[^\0-\x7f]/.test(text) ? text.normalize('NFKD').replace(/[\p{Mn}\p{Cf}]/gu, '') : text;
    return plain.toLowerCase();
  }

  /** Letters and digits by their code; a table, as this is asked of every character of every page. */
  const isLetter = Uint8Array.from({ length: 128 }, (_, code) => Number(/[a-z0-9]/.test(String.fromCharCode(code))));

  /** Where the next word begins, and where it ends. @param {string} text @param {number} from */
  function wordAfter(text, from) {
    let start = from;
    while (start < text.length && isLetter[text.charCodeAt(start)] !== 1) start += 1;
    let end = start;
    while (isLetter[text.charCodeAt(end)] === 1) end += 1;
    return { start, end };
  }

  /** Whether words of the list stand from an offset on, the last perhaps in the plural. */
  function stand(words, text, from) {
    let at = from;
    return words.every((word) => {
      const { start, end } = wordAfter(text, at);
      at = end;
      const written = cut(text, start, end);
      return written === word || written === `${word}s`;
    });
  }

  const cut = (text, start, end) => text.slice(start, Math.min(end, start + letters));

  /** @param {string} text @returns {Hit[]} */
  function hitsIn(text) {
    entries ??= byFirstWord(caveat.words);
    letters = caveat.words.letters;
    const hits = [];
    for (let { start, end } = wordAfter(text, 0); start < text.length; { start, end } = wordAfter(text, end)) {
      const word = cut(text, start, end);
      const candidates = entries.get(word) ?? (word.endsWith('s') ? entries.get(word.slice(0, -1)) : undefined);
      const found = candidates?.find(({ kind, words }) => kind !== 'unit' && stand(words, text, start));
      if (found) hits.push({ kind: found.kind, what: found.words.join(' '), at: start });
      else if (text.charCodeAt(start) <= NINE && isAmount(text, start)) hits.push({ kind: /** @type {const} */ ('unit'), what: 'unit', at: start });
    }
    return hits;
  }

  const NINE = '9'.charCodeAt(0);

  /** "500mg", "500 mg". */
  function isAmount(text, start) {
    let end = start;
    while (text.charCodeAt(end) <= NINE && isLetter[text.charCodeAt(end)] === 1) end += 1;
    const unit = wordAfter(text, end);
    return entries.get(text.slice(unit.start, unit.end))?.some(({ kind }) => kind === 'unit') ?? false;
  }

  /** What else is spoken of near a hit; foods do not count, as recipes are full of them. */
  function company(hits, index) {
    const others = new Set();
    for (const step of [-1, 1]) {
      for (let next = index + step; hits[next] && Math.abs(hits[next].at - hits[index].at) <= NEAR; next += step) {
        if (hits[next].kind !== 'food' && hits[next].what !== hits[index].what) others.add(hits[next].what);
      }
    }
    return others.size;
  }

  /** @param {string} text @returns {boolean} */
  return function topic(text) {
    const hits = hitsIn(fold(text));
    const times = new Map();
    return hits.some(({ kind, what }, index) => {
      if (kind === 'food') return company(hits, index) >= 2;
      if (kind !== 'name') return false;
      times.set(what, (times.get(what) ?? 0) + 1);
      return times.get(what) >= OFTEN || company(hits, index) >= 1;
    });
  };
})();
