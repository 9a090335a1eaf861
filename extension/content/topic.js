/** Whether a page speaks of health. This is looked at here, before anything leaves the browser. */
globalThis.caveat ??= /** @type {any} */ ({});

caveat.topic ??= (() => {
  /** Words within so many characters of each other are about the same. */
  const NEAR = 120;
  /** A page that names a substance so often is about it. */
  const OFTEN = 3;
  const NINE = '9'.charCodeAt(0);

  /**
   * @typedef {'name'|'food'|'sign'|'unit'} Kind
   * @typedef {{words: string[], kind: Kind}} Entry
   * @typedef {{kind: Kind, what: string, at: number}} Hit
   */

  /** Letters and digits by their code; a table, as this is asked of every character of every page. */
  const isLetter = Uint8Array.from({ length: 128 }, (_, code) => Number(/[a-z0-9]/.test(String.fromCharCode(code))));
  /** The word list by first words. @type {Map<string, Entry[]>} */
  const entries = new Map();

  function learn() {
    const { names, foods, signs, units } = caveat.words;
    const lists = /** @type {[Kind, string][]} */ ([['name', names], ['food', foods], ['sign', signs], ['unit', units]]);
    for (const [kind, list] of lists) {
      for (const entry of list.split(',')) {
        const words = entry.trim().split(' ');
        if (!entries.has(words[0])) entries.set(words[0], []);
        entries.get(words[0])?.push({ words, kind });
      }
    }
  }

  /** Plain lowercase; the places of words need not be kept. @param {string} text */
  function fold(text) {
    const plain = /[^\0-\x7f]/.test(text) ? text.normalize('NFKD').replace(/[\p{Mn}\p{Cf}]/gu, '') : text;
    return plain.toLowerCase();
  }

  /** Where the next word begins. @param {string} text @param {number} at */
  function startOfWord(text, at) {
    while (at < text.length && isLetter[text.charCodeAt(at)] !== 1) at += 1;
    return at;
  }

  /** Where a word ends. @param {string} text @param {number} at */
  function endOfWord(text, at) {
    while (at < text.length && isLetter[text.charCodeAt(at)] === 1) at += 1;
    return at;
  }

  /** A word, as long as the list has it. @param {string} text @param {number} start @param {number} end */
  const cut = (text, start, end) => text.slice(start, Math.min(end, start + caveat.words.letters));

  /** Whether words of the list stand from an offset on, each perhaps in the plural. @param {string[]} words @param {string} text @param {number} from */
  function stand(words, text, from) {
    let at = from;
    return words.every((word) => {
      const start = startOfWord(text, at);
      at = endOfWord(text, start);
      const written = cut(text, start, at);
      return written === word || written === `${word}s`;
    });
  }

  /** Whether a number has a unit: "500mg", "500 mg". @param {string} text @param {number} start */
  function isAmount(text, start) {
    let end = start;
    while (text.charCodeAt(end) <= NINE && isLetter[text.charCodeAt(end)] === 1) end += 1;
    const unit = startOfWord(text, end);
    return entries.get(text.slice(unit, endOfWord(text, unit)))?.some(({ kind }) => kind === 'unit') ?? false;
  }

  /** @param {string} text @returns {Hit[]} */
  function hitsIn(text) {
    if (entries.size === 0) learn();
    /** @type {Hit[]} */
    const hits = [];
    let start = startOfWord(text, 0);
    while (start < text.length) {
      const end = endOfWord(text, start);
      if (text.charCodeAt(start) <= NINE && isAmount(text, start)) hits.push({ kind: 'unit', what: 'unit', at: start });
      const word = cut(text, start, end);
      const candidates = entries.get(word) ?? (word.endsWith('s') ? entries.get(word.slice(0, -1)) : undefined);
      const at = start;
      const found = candidates?.find(({ kind, words }) => kind !== 'unit' && stand(words, text, at));
      if (found) hits.push({ kind: found.kind, what: found.words.join(' '), at });
      start = startOfWord(text, end);
    }
    return hits;
  }

  /** How much else is spoken of near a hit; foods do not count, as recipes are full of them. @param {Hit[]} hits @param {number} index */
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
    /** @type {Map<string, number>} */
    const times = new Map();
    return hits.some(({ kind, what }, index) => {
      if (kind === 'food') return company(hits, index) >= 2;
      if (kind !== 'name') return false;
      const named = (times.get(what) ?? 0) + 1;
      times.set(what, named);
      return named >= OFTEN || company(hits, index) >= 1;
    });
  };
})();
