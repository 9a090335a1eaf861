/**
 * Tells when the page has changed. It waits for events alone: where nothing changes, nothing runs.
 */
globalThis.caveat ??= /** @type {any} */ ({});

caveat.watch ??= (() => {
  /** Changes come in bursts, which are waited out, but not for ever. */
  const CALM_MS = 150;
  const LATEST_MS = 1_000;
  /** A page that changes all the time and never its words is looked at more and more seldom. */
  const SELDOM_MS = 30_000;
  const OUR_OWN = ['caveat-card', 'caveat-ticks'];
  /** Any of them may show words by a rule of the page's style alone, such as `input:checked + p`. */
  const READER_EVENTS = ['click', 'change', 'toggle', 'hashchange'];
  const CHANGES = {
    subtree: true, childList: true, characterData: true,
    // Words come and go without being changed: in tabs, menus, details.
    attributes: true, attributeFilter: ['class', 'style', 'hidden', 'open', 'aria-hidden', 'aria-expanded', 'aria-selected', 'data-state', 'contenteditable', 'lang'],
  };
  const { dom } = caveat;

  /**
   * @param {Object} page
   * @param {(records: MutationRecord[]) => void} page.onRecords  at once, before the page is drawn anew
   * @param {() => Promise<boolean>} page.onChange  when it is calm; resolves to whether the words have changed
   */
  return function watch({ onRecords, onChange }) {
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    let timer;
    let firstChange = 0;
    let calm = CALM_MS;
    let isReading = false;
    let hasChanged = false;
    let isByReader = false;
    const controller = new AbortController();

    const observer = new MutationObserver((records) => {
      const theirs = records.filter((record) => !isOurs(record));
      if (theirs.length === 0) return;
      listen();
      onRecords(theirs);
      changed();
    });
    /** @type {Map<Element, Element>} */
    let awaited = new Map();
    // A custom element gets its shadow root without a word, but hardly without another size of the block around it.
    const sizes = new ResizeObserver(() => {
      if (awaited.keys().some(dom.shadowRoot)) changed();
    });

    function changed() {
      hasChanged = true;
      if (document.visibilityState === 'hidden' || isReading) return; // it is looked at afterwards
      const now = performance.now();
      if (timer === undefined) firstChange = now;
      clearTimeout(timer);
      timer = setTimeout(look, Math.max(0, Math.min(calm, firstChange + Math.max(LATEST_MS, calm) - now)));
    }

    async function look() {
      timer = undefined;
      isReading = true;
      hasChanged = false;
      const wasByReader = isByReader;
      isByReader = false;
      const hasNewWords = await onChange();
      calm = hasNewWords || wasByReader ? CALM_MS : Math.min(2 * calm, SELDOM_MS);
      isReading = false;
      if (hasChanged) changed();
    }

    /** @param {Event} event */
    function follow({ isTrusted, target }) {
      if (!isTrusted || (target instanceof Element && isOurOwn(target))) return;
      isByReader = true;
      changed();
    }

    function seen() {
      if (hasChanged) changed();
    }

    const listen = caveat.listen({
      load: changed, // fires for whatever is loaded late, such as styles
      visibilitychange: seen,
      ...Object.fromEntries(READER_EVENTS.map((type) => [type, follow])),
    }, controller.signal);
    observer.observe(document, CHANGES);

    return {
      /** The shadow roots to watch too, and the elements that may get one. @param {PageText} page */
      follow({ roots, rootless }) {
        for (const root of roots) observer.observe(root, CHANGES); // twice is once
        sizes.disconnect();
        awaited = rootless;
        for (const block of new Set(rootless.values())) sizes.observe(block);
      },
      changed,
      stop() {
        clearTimeout(timer);
        controller.abort();
        observer.disconnect();
        sizes.disconnect();
      },
    };
  };

  /** @param {Node} node */
  function isOurOwn(node) {
    return dom.isElement(node) && OUR_OWN.includes(dom.localName(node));
  }

  /** The card and the ticks come and go as elements of the page. @param {MutationRecord} record */
  function isOurs({ type, addedNodes, removedNodes }) {
    return type === 'childList' && [...addedNodes, ...removedNodes].every(isOurOwn);
  }
})();
