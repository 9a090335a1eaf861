/** The card that explains findings: one element in the page, and only while it is open. */
globalThis.caveat ??= /** @type {any} */ ({});

caveat.card ??= (() => {
  const GAP = 8;
  /** So much of a card is seen even where it must cover the words. */
  const LOWEST = 120;
  /** For so long what was hidden can be shown again from the card. */
  const UNDO_MS = 8_000;
  /** A page may move the words, and so the card, under a pointer that is about to click. For so long a click does nothing. */
  const STILL_MS = 500;
  /** In a smaller frame, in pixels, a card would be a strip: the panel opens instead. */
  const SMALLEST_FRAME = { width: 240, height: 140 };
  const { i18n } = globalThis.browser ?? globalThis.chrome;
  const { dom } = caveat;

  // The page's rules reach the host, hence `!important`; they do not reach what is inside it.
  const CSS_TEXT = `
    :host {
      all: initial !important; position: fixed !important; inset: 0 !important; pointer-events: none !important;
      color-scheme: light dark !important;
    }
    @media print { :host { display: none !important; } }
    .card {
      --ink: light-dark(#1d2126, #e9ebee); --quiet: light-dark(#565d66, #b4bac2); --line: light-dark(#dfe3e8, #3f464f);
      --paper: light-dark(#ffffff, #23272d); --accent: light-dark(#1d5fae, #8bbcf5);
      --major: light-dark(#b3261e, #ff9d94); --moderate: light-dark(#8a5300, #f0b04a);
      position: absolute; box-sizing: border-box; width: max-content; max-width: min(380px, calc(100vw - 16px));
      max-height: min(440px, 70vh); display: flex; flex-direction: column; pointer-events: auto;
      font: 14px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--paper);
      border: 1px solid var(--line); border-radius: 10px; box-shadow: 0 6px 24px rgb(0 0 0 / 22%);
    }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
    p, h2, h3, ul { margin: 0; padding: 0; }
    .findings { overflow: auto; padding: 12px 16px; overscroll-behavior: contain; }
    section + section { margin-block-start: 14px; padding-block-start: 14px; border-block-start: 1px solid var(--line); }
    .about { margin-inline-end: 28px; margin-block-end: 6px; font-size: 12px; color: var(--quiet); }
    .mark { font-weight: 600; color: var(--ink); text-underline-offset: 3px; text-decoration: underline var(--style) var(--colour); }
    .mark[data-mark="warns"]::before {
      content: ""; display: inline-block; width: 9px; height: 11px; margin-inline-end: 5px; background: var(--quiet);
      clip-path: var(--caveat-shield);
    }
    summary { cursor: pointer; font-size: 12px; color: var(--quiet); }
    details { margin-block-start: 6px; }
    .severity[data-severity="major"] { font-weight: 600; color: var(--major); }
    .severity[data-severity="moderate"] { font-weight: 600; color: var(--moderate); }
    h2 { margin-block-end: 4px; font-size: 15px; line-height: 1.3; font-weight: 650; text-wrap: pretty; }
    .certainty { margin-block-start: 6px; font-size: 13px; color: var(--quiet); }
    h3 { margin-block: 12px 6px; font-size: 12px; font-weight: 600; color: var(--quiet); }
    ul { list-style: none; }
    li { padding-inline-start: 10px; border-inline-start: 2px solid var(--line); font-size: 13px; }
    li[data-severity="major"] { border-color: var(--major); }
    li[data-severity="moderate"] { border-color: var(--moderate); }
    li + li { margin-block-start: 8px; }
    .source { margin-block-start: 1px; font-size: 12px; color: var(--quiet); }
    a { color: var(--accent); text-underline-offset: 2px; overflow-wrap: anywhere; }
    .actions { display: flex; flex-wrap: wrap; gap: 6px; margin-block-start: 12px; }
    button {
      padding: 3px 9px; border: 1px solid var(--line); border-radius: 6px; font: 12px/1.5 system-ui, sans-serif;
      color: var(--ink); background: none; cursor: pointer;
    }
    button:hover { background: light-dark(#eef0f2, #343a42); }
    .close {
      position: absolute; inset-block-start: 7px; inset-inline-end: 8px; width: 26px; height: 26px; padding: 0;
      border-color: transparent; font-size: 18px; line-height: 1; background: var(--paper);
    }
    .status:not(:empty) { padding: 12px 16px; padding-inline-end: 44px; }
    .status:not(:empty) + .findings { padding-block-start: 0; }
    .findings:empty { display: none; }
    footer {
      display: flex; align-items: center; justify-content: space-between; gap: 12px; padding: 8px 16px;
      border-block-start: 1px solid var(--line); font-size: 12px; line-height: 1.35; color: var(--quiet);
    }
    footer button { flex: none; }
  `;

  /**
   * @typedef {'this'|'kind'|'site'} Scope  what the reader wants to see no more
   * @type {{host: HTMLElement, root: ShadowRoot, card: HTMLElement, range: Range, pinned: boolean, returnTo: HTMLElement, isAnswered: boolean}|null}
   *   isAnswered: the reader has hidden what it was about, and is told so
   */
  let open = null;
  /** Where the card stands, and since when. */
  let stands = { x: NaN, y: NaN, since: 0 };

  /** @param {string} key @param {...string} values */
  const t = (key, ...values) => i18n.getMessage(key, values);

  /** Notes where the card stands now. @returns {number} for how long it has */
  function stood() {
    const { x, y } = /** @type {NonNullable<typeof open>} */ (open).card.getBoundingClientRect();
    if (Math.abs(x - stands.x) > 1 || Math.abs(y - stands.y) > 1 || Number.isNaN(stands.x)) stands = { x, y, since: performance.now() };
    return performance.now() - stands.since;
  }

  /** What changes a setting, but not by a click that was meant for something else. @param {() => void} action @returns {(event: MouseEvent) => void} */
  const meant = (action) => (event) => {
    const byKey = event.detail === 0;
    if (event.isTrusted && (byKey || stood() >= STILL_MS)) action();
  };

  /** In a document that is no HTML too. @param {string} name @returns {HTMLElement} */
  const create = (name) => /** @type {HTMLElement} */ (document.createElementNS('http://www.w3.org/1999/xhtml', name));

  /**
   * @param {string} name
   * @param {Record<string, string>} attributes
   * @param {...(Node|string)} children
   */
  function element(name, attributes, ...children) {
    const made = create(name);
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
    made.append(...children);
    return made;
  }

  /** @param {string} label @param {(event: MouseEvent) => void} action @param {Record<string, string>} [attributes] */
  function button(label, action, attributes = {}) {
    const made = element('button', { type: 'button', ...attributes }, label);
    made.addEventListener('click', action);
    return made;
  }

  /** What the server wrote may run in another direction than the reader's own language. @param {string} text */
  const isolated = (text) => element('bdi', {}, text);

  /** @param {string} severity @param {string} label */
  const weight = (severity, label) => element('span', { class: 'severity', 'data-severity': severity }, label);

  /** How sure the page is of a claim, or who says so. @param {Finding} finding */
  function certain({ certainty, cue, speaker }) {
    if (speaker !== null) return t('certainty_speaker', speaker);
    return cue === null ? t(`certainty_${certainty}`) : t(`certainty_${certainty}_cue`, cue);
  }

  /** @param {Finding} finding */
  function section(finding) {
    const { category, mark, title, message, facts, overLimit } = finding;
    const asks = element('span', { class: 'mark', 'data-mark': mark }, t(`mark_${mark}`));
    asks.style.setProperty('--colour', `light-dark(var(--caveat-${mark}-light), var(--caveat-${mark}-dark))`);
    asks.style.setProperty('--style', `var(--caveat-${mark}-line)`);
    const [first, ...others] = facts;
    return element('section', { 'data-category': category },
      element('p', { class: 'about' }, asks, ` · ${t(`category_${category}`)}`),
      element('h2', {}, isolated(title)),
      element('p', { class: 'message' }, isolated(message)),
      element('p', { class: 'certainty' }, certain(finding)),
      ...(overLimit ? [element('ul', {}, limit(overLimit))] : []),
      ...(first ? [element('h3', {}, t('sources')), element('ul', {}, fact(first))] : []),
      ...(others.length > 0 ? [element('details', {}, element('summary', {}, t('moreSources', String(others.length))), element('ul', {}, ...others.map(fact)))] : []),
      element('div', { class: 'actions' },
        button(t('useful'), meant(() => {
          caveat.card.onUseful?.(finding);
          tell(t('noted'));
        })),
        button(t('wrong'), meant(() => {
          caveat.card.onWrong?.(finding);
          close();
        })),
        button(t('hide'), meant(() => hide(finding, 'this')), { class: 'hide' })));
  }

  /** Says in the card what has just happened. @param {...(Node|string)} words */
  function tell(...words) {
    open?.card.querySelector('.status')?.replaceChildren(...words);
    place();
  }

  /** @param {NonNullable<Finding['overLimit']>} limit */
  const limit = ({ text, source, url }) => told('major', text, linkTo(url, source));

  /** @param {string} url @param {string} words */
  const linkTo = (url, words) => element('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, isolated(words));

  /** What a source says, and about the source. @param {string} severity @param {string} statement @param {...(Node|string)} about */
  const told = (severity, statement, ...about) => element('li', { 'data-severity': severity },
    element('p', {}, isolated(statement)), element('p', { class: 'source' }, ...about));

  /** @param {Finding['facts'][number]} fact */
  function fact({ statement, severity, evidence, source, reproducedAt, url }) {
    const words = reproducedAt === null ? source : t('reproduced', source, reproducedAt);
    return told(severity, statement,
      ...(severity === 'unknown' ? [] : [weight(severity, t(`factSeverity_${severity}`)), ' · ']),
      `${t(`evidence_${evidence}`)} · `, linkTo(url, words));
  }

  /**
   * @param {Range} range      what the card is about, and stands beside
   * @param {Finding[]} findings
   * @param {{pinned: boolean}} how  a pinned card takes the focus and keeps it until it is closed
   */
  function show(range, findings, { pinned }) {
    if (self !== top && (innerWidth < SMALLEST_FRAME.width || innerHeight < SMALLEST_FRAME.height)) {
      if (navigator.userActivation.isActive) caveat.card.onMore?.(); // the browser opens the panel for a click alone
      return;
    }
    const returnTo = open?.root.activeElement ? open.returnTo : focused();
    remove();
    const host = create('caveat-card');
    host.popover = 'manual'; // the top layer: over everything the page draws
    const root = host.attachShadow({ mode: 'closed' });
    const card = element('div',
      { class: 'card', role: 'dialog', 'aria-label': t('name'), tabindex: '-1', dir: t('direction'), lang: t('language') },
      element('p', { class: 'status', role: 'status' }),
      element('div', { class: 'findings' }, ...findings.map(section)),
      element('footer', {},
        element('span', {}, t('disclaimer')),
        button(t('more'), meant(() => caveat.card.onMore?.()))),
      button('×', close, { class: 'close', 'aria-label': t('close') }));
    root.append(element('style', {}, CSS_TEXT), card);
    root.addEventListener('keydown', keepFocus);
    for (const type of ['keypress', 'keyup']) root.addEventListener(type, (event) => event.stopPropagation());
    (modalAround(range) ?? document.documentElement).append(host);
    host.showPopover();
    card.style.zoom = String(1 / host.currentCSSZoom); // what the page enlarges is measured in the window's own pixels
    open = { host, root, card, range, pinned, returnTo, isAnswered: false };
    stands.x = NaN;
    place();
    if (pinned) card.focus({ preventScroll: true });
    addEventListener('scroll', place, { capture: true, passive: true });
    addEventListener('keydown', closeOnEscape, true);
  }

  /**
   * Tells the reader that it is done, and moves the focus to what is left.
   * @param {Finding} finding
   * @param {Scope} scope
   */
  function hide(finding, scope) {
    if (!open) return;
    caveat.card.onHide?.(finding, scope, { undo: false });
    open.isAnswered = true;
    const { root, card } = open;
    const [, list, footer] = card.children;
    const sections = [...list.children];
    const here = sections.findIndex((section) => section.contains(root.activeElement));
    const gone = sections.filter((section, index) =>
      scope === 'site' || (scope === 'kind' ? section.getAttribute('data-category') === finding.category : index === here));
    const next = sections.slice(here).concat(sections).find((section) => !gone.includes(section));
    for (const section of gone) section.remove();
    if (!next) footer.remove();
    const undo = button(t('undo'), meant(() => {
      caveat.card.onHide?.(finding, scope, { undo: true });
      close();
    }));
    const wider = scope !== 'this' ? [] : [
      button(t('hide_kind'), meant(() => hide(finding, 'kind'))), ' ', button(t('hide_site'), meant(() => hide(finding, 'site')))];
    tell(t(`hidden_${scope}`, t(`category_${finding.category}`)), ' ', undo, ' ', ...wider);
    setTimeout(() => undo.remove(), UNDO_MS);
    (/** @type {HTMLElement|null|undefined} */ (next?.querySelector('.hide')) ?? undo).focus({ preventScroll: true });
    place();
  }

  /** What is outside of a modal dialog can be seen, and not be used. @param {Range} range @returns {Element|null} */
  function modalAround(range) {
    /** @type {Element|null} */
    let element = dom.holderOf(range.startContainer);
    while (element && !dom.matches(element, 'dialog:modal')) element = dom.parentOf(element);
    return element;
  }

  /** Below the words or above them: where it has room, or else more of it. */
  function place() {
    if (!open) return;
    const { card, range } = open;
    if (range.collapsed || !open.host.isConnected) return close(); // the page has taken the words away, or the card
    const words = range.getBoundingClientRect();
    const below = words.bottom + GAP;
    const above = words.top - GAP;
    card.style.maxHeight = '';
    const isBelow = below + card.offsetHeight <= innerHeight || (above - GAP < card.offsetHeight && innerHeight - below > above);
    const room = (isBelow ? innerHeight - below : above) - GAP;
    if (card.offsetHeight > room) card.style.maxHeight = `${Math.max(room, LOWEST)}px`;
    const top = Math.max(GAP, Math.min(isBelow ? below : above - card.offsetHeight, innerHeight - GAP - card.offsetHeight));
    const left = Math.min(words.left, document.documentElement.clientWidth - card.offsetWidth - GAP);
    card.style.top = `${top}px`;
    card.style.left = `${Math.max(GAP, left)}px`;
    stood();
  }

  /** Tab goes round within a pinned card, and no shortcut of the page hears what is typed there. @param {Event} event */
  function keepFocus(event) {
    event.stopPropagation();
    const { key, shiftKey } = /** @type {KeyboardEvent} */ (event);
    if (key !== 'Tab' || !open?.pinned) return;
    const { root, card } = open;
    const stops = [...card.querySelectorAll('a, button, summary')].filter((stop) => stop.checkVisibility());
    const [first, last] = [stops[0], stops[stops.length - 1]];
    const leaving = shiftKey ? [first, card] : [last];
    if (!leaving.some((stop) => stop === root.activeElement)) return;
    event.preventDefault();
    /** @type {HTMLElement} */ (shiftKey ? last : first).focus();
  }

  /** @param {KeyboardEvent} event */
  function closeOnEscape(event) {
    if (event.key !== 'Escape') return;
    const wasThere = open?.host.isConnected;
    close();
    if (!wasThere) return; // the page has taken it away
    event.stopPropagation(); // the page's own dialogs stay open
    event.preventDefault();
    addEventListener('keyup', (up) => { if (up.key === 'Escape') up.stopPropagation(); }, { capture: true, once: true });
  }

  /** The focus goes back to where it was before it came here. */
  function close() {
    if (!open) return;
    const { root, returnTo } = open;
    const hasFocus = root.activeElement !== null;
    remove();
    if (hasFocus) returnTo.focus({ preventScroll: true });
  }

  function remove() {
    open?.host.remove();
    open = null;
    removeEventListener('scroll', place, { capture: true });
    removeEventListener('keydown', closeOnEscape, true);
  }

  /** What has the focus, inside open shadow roots too. */
  function focused() {
    let element = document.activeElement ?? document.documentElement;
    while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return /** @type {HTMLElement} */ (element);
  }

  return {
    show,
    close,
    isPinned: () => open !== null && open.pinned && open.host.isConnected,
    isAbout: (range) => open !== null && !open.isAnswered && open.range === range && open.host.isConnected,
    holds: (target) => open?.host === target,
    onHide: null,
    onUseful: null,
    onWrong: null,
    onMore: null,
  };
})();
