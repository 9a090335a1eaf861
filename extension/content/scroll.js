/** Scrolls whatever must be scrolled for some words to be seen. */
globalThis.caveat ??= /** @type {any} */ ({});

caveat.bringIntoSight ??= (() => {
  const { dom } = caveat;
  const MARGIN = 16;

  /** How far to scroll so that `from` to `to` comes within `low` to `high`. @param {number} from @param {number} to @param {number} low @param {number} high */
  function missing(from, to, low, high) {
    if (from >= low + MARGIN && to <= high - MARGIN) return 0;
    return from - (low + (high - low) / 3);
  }

  /** @param {Element} element */
  const canScroll = (element) =>
    (element.scrollHeight > element.clientHeight || element.scrollWidth > element.clientWidth)
    && !/^(visible|clip)/.test(getComputedStyle(element).overflow);

  /** @param {Range} range */
  return function bringIntoSight(range) {
    const parent = dom.holderOf(range.startContainer);
    parent.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' }); // of frames around this one too
    // The element may be much larger than the words.
    for (let box = /** @type {Element|null} */ (parent); box && box !== document.scrollingElement; box = dom.parentOf(box)) {
      if (!canScroll(box)) continue;
      const words = range.getBoundingClientRect();
      const { left, top } = box.getBoundingClientRect();
      box.scrollBy({
        left: missing(words.left, words.right, left, left + box.clientWidth),
        top: missing(words.top, words.bottom, top, top + box.clientHeight),
        behavior: 'instant',
      });
    }
    const words = range.getBoundingClientRect();
    scrollBy({ left: missing(words.left, words.right, 0, innerWidth), top: missing(words.top, words.bottom, 0, innerHeight), behavior: 'instant' });
  };
})();
