/** Whether a page has only gone on counting: a clock, "3 minutes ago", a countdown. That is no news to the server. */
globalThis.caveat ??= /** @type {any} */ ({});

caveat.isTicking ??= (() => {
  /** What stands in such a line may be a dose. */
  const AMOUNT = /\d\s*(?:mg|mcg|µg|ug|g|kg|grams?|ml|iu|oz|drops?|caps?|capsules?|tablets?|pills?|tsp|tbsp|units?|times|x|%)\b/i;

  /** @param {string} line  so that "1 hour ago" and "2 hours ago" are the same */
  const still = (line) => line.replace(/\d+/g, '0').replace(/\b(second|minute|hour|day|sec|min)s\b/gi, '$1');

  /** @param {string} was @param {string} now @returns {boolean} */
  return function isTicking(was, now) {
    const [before, after] = [was.split('\n'), now.split('\n')];
    if (before.length !== after.length) return false;
    return before.every((line, at) => line === after[at]
      || (still(line) === still(after[at]) && !AMOUNT.test(line) && !AMOUNT.test(after[at])));
  };
})();
