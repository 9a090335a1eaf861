/** Long work in short slices, between which the page can draw and answer its reader. */
globalThis.caveat ??= /** @type {any} */ ({});

caveat.pause ??= (() => {
  const SLICE_MS = 8;
  const LOOK_EVERY = 16; // the clock is not free either

  /**
   * A piece of work asks, again and again, whether it has been at it for too long; if so it awaits `next`.
   * @returns {{isDue: () => boolean, next: () => Promise<void>}}
   */
  return function pause() {
    let begun = performance.now();
    let asked = 0;
    return {
      isDue: () => (asked += 1) % LOOK_EVERY === 0 && performance.now() - begun > SLICE_MS,
      async next() {
        await scheduler.yield();
        begun = performance.now();
      },
    };
  };
})();
