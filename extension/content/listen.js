/** Listeners on the window that outlive `document.open()`, which takes all of them away. */
globalThis.caveat ??= /** @type {any} */ ({});

/**
 * @param {Record<string, (event: any) => void>} listeners  by the type of event
 * @param {AbortSignal} signal  ends all of them
 * @returns {() => void} to be called when the page has changed
 */
caveat.listen ??= (listeners, signal) => {
  /** @type {Element|null|undefined} */
  let root;
  function listen() {
    if (document.documentElement === root) return;
    root = document.documentElement;
    // Where it is there still, it is not added again.
    for (const [type, listener] of Object.entries(listeners)) addEventListener(type, listener, { capture: true, passive: true, signal });
  }
  listen();
  return listen;
};
