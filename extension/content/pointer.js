/** Opens the card of the finding that the pointer rests on. */
globalThis.caveat ??= /** @type {any} */ ({});

caveat.pointer ??= (() => {
  const OPEN_AFTER_MS = 350;
  const CLOSE_AFTER_MS = 300; // long enough to reach the card with the pointer
  const { choice, highlight, card } = caveat;

  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  /** @type {Range|null|undefined} */
  let awaited; // what the timer is about to do: open the card of a range, or close the card (null)

  /** @param {Range|null} range @param {number} milliseconds @param {() => void} action */
  function schedule(range, milliseconds, action) {
    if (awaited === range) return;
    cancel();
    awaited = range;
    timer = setTimeout(() => {
      awaited = undefined;
      action();
    }, milliseconds);
  }

  function cancel() {
    clearTimeout(timer);
    awaited = undefined;
  }

  /** @param {Range[]} ranges  those that are still drawn */
  function open(ranges) {
    if (!highlight.has(ranges[0])) return;
    const findings = ranges.filter(highlight.has).map(highlight.finding);
    findings.sort(choice.byGravity);
    card.show(ranges[0], findings, { pinned: false });
  }

  /** A click or a tap opens the card at once, and elsewhere closes it. @param {MouseEvent} event */
  function press({ target, clientX, clientY }) {
    if (card.holds(target)) return;
    cancel();
    const ranges = highlight.rangesAt(clientX, clientY);
    if (ranges.length > 0) open(ranges);
    else card.close();
  }

  /** @param {PointerEvent} event */
  function follow({ target, clientX, clientY }) {
    const ranges = highlight.rangesAt(clientX, clientY);
    if (card.holds(target) || card.isAbout(ranges[0])) {
      cancel();
    } else if (ranges.length > 0) {
      schedule(ranges[0], OPEN_AFTER_MS, () => open(ranges));
    } else if (card.isPinned()) {
      cancel();
    } else {
      schedule(null, CLOSE_AFTER_MS, card.close);
    }
  }

  return { follow, press };
})();
