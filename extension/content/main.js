/** Checks the page when asked, and answers the reader's pointer. */
globalThis.caveat ??= /** @type {any} */ ({});

// Firefox wants the last expression of an injected file to be something it can clone: nothing.
(() => {
  if (caveat.isListening) return;
  caveat.isListening = true;
  const { runtime } = globalThis.browser ?? globalThis.chrome;
  const { extract, anchor, highlight, card } = caveat;
  const OPEN_AFTER_MS = 120;
  const CLOSE_AFTER_MS = 300; // long enough to reach the card with the pointer

  /**
   * What the popup shows.
   * @returns {Promise<{ok: true, report: PageReport, cut: boolean, checked: number} | {ok: false, error: string, detail: string}>}
   */
  async function check() {
    const page = extract();
    if (page.text.trim() === '') return { ok: false, error: 'empty', detail: '' };
    const answer = await runtime.sendMessage({ kind: 'analyze', text: page.text });
    card.close();
    highlight.clear();
    if (!answer.ok) {
      await runtime.sendMessage({ kind: 'shown', count: 0, level: 'none', error: answer.error });
      return answer;
    }
    for (const finding of answer.report.findings) {
      const range = anchor(page, finding);
      if (range) highlight.add(range, finding);
    }
    const { findings, summary, truncatedAt } = answer.report;
    await runtime.sendMessage({ kind: 'shown', count: findings.length, level: summary.level });
    const checked = truncatedAt ?? page.text.length;
    return { ...answer, checked, cut: page.cut || truncatedAt !== null };
  }

  /** Scrolls to a finding and opens its card. @param {string} id @returns {{ok: boolean}} */
  function reveal(id) {
    const range = highlight.rangeOf(id);
    if (!range) return { ok: false };
    /** @type {Element} */ (range.startContainer.parentElement).scrollIntoView({ block: 'center', behavior: 'instant' });
    const { top, bottom } = range.getBoundingClientRect();
    // The words of a tall paragraph can still be out of sight.
    if (top < 0 || bottom > innerHeight) scrollBy({ top: top - innerHeight / 3, behavior: 'instant' });
    highlight.flash(range);
    card.show(range, [highlight.finding(range)], { pinned: true });
    return { ok: true };
  }

  runtime.onMessage.addListener((message, sender, respond) => {
    if (message.kind === 'check') {
      check().then(respond, (error) => respond({ ok: false, error: 'failed', detail: String(error) }));
      return true; // the answer comes later
    }
    if (message.kind === 'reveal') respond(reveal(message.id));
    return false;
  });

  /** @type {number|undefined} */
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

  /** @param {PointerEvent} event */
  function follow({ target, clientX, clientY }) {
    const ranges = highlight.rangesAt(clientX, clientY);
    if (card.holds(target) || card.isAbout(ranges[0])) {
      cancel();
    } else if (ranges.length > 0) {
      const open = () => card.show(ranges[0], ranges.map(highlight.finding), { pinned: false });
      schedule(ranges[0], OPEN_AFTER_MS, open);
    } else if (card.isPinned()) {
      cancel();
    } else {
      schedule(null, CLOSE_AFTER_MS, card.close);
    }
  }

  /** @type {PointerEvent|null} */
  let pointer = null; // where it was last seen in this frame

  document.addEventListener('pointermove', (event) => {
    if (!pointer) {
      requestAnimationFrame(() => {
        follow(/** @type {PointerEvent} */ (pointer));
        pointer = null;
      });
    }
    pointer = event;
  }, { passive: true });
})();
