/** Ticks along the page's scrollbar: where something is marked, and a way there. */
globalThis.caveat ??= /** @type {any} */ ({});

caveat.ticks ??= (() => {
  /** A page that is hardly longer than its window is seen as a whole. */
  const LONG = 1.5;
  /** In pixels; where several come together, the gravest is seen. */
  const HEIGHT = 4;
  const { choice } = caveat;
  // The page's rules reach the host, hence `!important`; they do not reach what is inside it.
  const CSS_TEXT = `
    :host { all: initial !important; position: fixed !important; inset: 0 0 0 auto !important; width: 9px !important; pointer-events: none !important; }
    @media print { :host { display: none !important; } }
    button {
      position: absolute; inset-inline: 0; height: ${HEIGHT}px; padding: 0; border: 1px solid #fff; border-radius: 0;
      background: var(--colour); pointer-events: auto; cursor: pointer;
    }
    button:hover { inset-inline-start: -6px; }
  `;

  /** @type {HTMLElement|null} */
  let host = null;

  /**
   * Draws them anew, or takes them away where there is nothing to draw.
   * @param {{range: Range, mark: string}[]} places
   * @param {(range: Range) => void} onClick
   */
  function show(places, onClick) {
    remove();
    const { scrollHeight } = document.documentElement;
    if (self !== top || places.length === 0 || scrollHeight < LONG * innerHeight) return;
    /** @type {Map<number, {range: Range, mark: string}>} */
    const slots = new Map();
    for (const place of places) {
      const { top: at, height } = place.range.getBoundingClientRect();
      if (height === 0) continue;
      const slot = Math.round((innerHeight - HEIGHT) * (at + scrollY) / scrollHeight / HEIGHT);
      const there = slots.get(slot);
      if (!there || choice.byGravity(place, there) < 0) slots.set(slot, place);
    }
    host = document.createElementNS('http://www.w3.org/1999/xhtml', 'caveat-ticks');
    host.ariaHidden = 'true'; // the keys and the panel lead to the same places
    host.popover = 'manual'; // the top layer: over everything the page draws
    const root = host.attachShadow({ mode: 'closed' });
    const style = document.createElement('style');
    style.textContent = CSS_TEXT;
    root.append(style, ...[...slots].map(([slot, { range, mark }]) => {
      const tick = document.createElement('button');
      tick.tabIndex = -1;
      tick.style.top = `${slot * HEIGHT}px`;
      tick.style.setProperty('--colour', `var(--caveat-${mark}-light)`);
      tick.addEventListener('click', ({ isTrusted }) => isTrusted && onClick(range));
      return tick;
    }));
    document.documentElement.append(host);
    host.showPopover();
  }

  function remove() {
    host?.remove();
    host = null;
  }

  return { show, remove, holds: (target) => host !== null && host === target };
})();
