/** What is known of the page, and what is done about it: when asked, and when the page or the settings change. */
globalThis.caveat ??= /** @type {any} */ ({});

// Firefox wants the last expression of an injected file to be something it can clone: nothing.
(() => {
  if (caveat.isListening) return;
  caveat.isListening = true;
  const { runtime } = globalThis.browser ?? globalThis.chrome;
  const { extract, anchor, choice, highlight, card, pause, pointer, ticks } = caveat;
  /** At most one request in this time, whatever the page does. */
  const REQUEST_EVERY_MS = 3_000;
  /** Settings that change what is shown. */
  const SHOWING = ['categories', 'marks', 'hidden', 'muted', 'ticks'];

  /** @typedef {{view: 'idle'|'checking'|'report'|'trouble', error: string, detail: string}} Status @type {Status} */
  const IDLE = { view: 'idle', error: '', detail: '' };
  /** @param {string} error @param {string} [detail] @returns {Status} */
  const trouble = (error, detail = '') => ({ view: 'trouble', error, detail });

  let status = IDLE;
  /** The reader wants the pages of this site checked by themselves ... */
  let isAutomatic = false;
  /** ... and has asked for this one. */
  let isAsked = false;
  /** The text, and the address, that were read last. @type {PageText|null} */
  let page = null;
  let address = '';
  /** What the server has said, and of which text. @type {{report: PageReport, text: string}|null} */
  let answered = null;
  /** @type {PageSettings|null} */
  let settings = null;
  /** The text that was sent last. @type {string|null} */
  let sent = null;
  let sentAt = -Infinity;
  let isAsking = false;
  /** The styles of highlights are in the page. Before there is a finding, nothing of Caveat is. */
  let isStyled = false;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let nextRequest;
  /** @type {ReturnType<typeof caveat.watch>|null} */
  let watching = null;
  /** The finding that the reader was led to last, and when. @type {Range|null} */
  let current = null;
  let ledAt = 0;
  /** What was begun in an earlier turn, or drawing, is out of date. */
  let turn = 0;
  let drawing = 0;
  const controller = new AbortController();

  // ---- reading and asking

  /** Reads the page, and has it checked. */
  async function read() {
    const mine = (turn += 1);
    clearTimeout(nextRequest);
    if (isAsked) status = { ...IDLE, view: 'checking' };
    address = addressNow();
    const now = await extract();
    if (mine !== turn) return;
    page = now;
    watchPage();
    await request(mine);
  }

  /** A single-page app goes to another page by another address; after the # it stays the same. */
  function addressNow() {
    return location.href.split('#')[0];
  }

  /** Sends what was read last, unless there is a reason not to. @param {number} mine @param {{again?: boolean}} [how] */
  async function request(mine, { again = false } = {}) {
    await visible();
    if (mine !== turn || !page) return;
    const { text, blocks } = page;
    const reason = await reasonNotToSend(page);
    if (mine !== turn) return;
    if (reason) return finish(reason);
    sent = text;
    sentAt = performance.now();
    isAsking = true;
    const answer = await send({ kind: 'analyze', blocks: [...caveat.structure(text, blocks), ...foldedBlocks()], automatic: !isAsked });
    isAsking = false;
    if (mine !== turn || !answer) return;
    if (!answer.ok) sent = null; // so that it is sent again when the page next changes
    if (answer.ok) {
      answered = { report: JSON.parse(answer.report), text };
      settings = answer.settings;
      status = { ...IDLE, view: 'report' };
      await draw();
    } else if (!(again && answered)) { // what was found before may still stand
      await finish(['muted', 'too-often'].includes(answer.error) ? IDLE : trouble(answer.error, answer.detail));
    }
    if (page && isNews(text, page.text)) requestSoon();
  }

  /** @returns {WireBlock[]} */
  function foldedBlocks() {
    const { text, blocks } = caveat.folded();
    return caveat.structure(text, blocks).map(({ role, text: words }) => ({ text: words, role, folded: true })); // nothing outside of them hangs on them
  }

  /** Whether a text is to be sent, after one that was. @param {string|null} was @param {string} now */
  const isNews = (was, now) => was === null || (was !== now && !caveat.isTicking(was, now));

  /** @param {PageText} page @returns {Promise<Status|null>} */
  async function reasonNotToSend(page) {
    const { text } = page;
    if (text.trim() === '') return isAsked ? trouble('empty') : IDLE;
    if (!isAsked && !caveat.topic(text)) return IDLE;
    const unread = await caveat.language(page);
    return unread === null ? null : trouble('language', unread);
  }

  /** Nothing leaves a page that nobody looks at. */
  async function visible() {
    if (document.visibilityState === 'visible') return;
    await new Promise((resolve) => { addEventListener('visibilitychange', resolve, { once: true, signal: controller.signal }); });
  }

  function requestSoon() {
    clearTimeout(nextRequest);
    const wait = sentAt + REQUEST_EVERY_MS - performance.now();
    nextRequest = setTimeout(() => request((turn += 1), { again: true }), Math.max(0, wait));
  }

  /** There is nothing to show. @param {Status} next */
  async function finish(next) {
    const { view, error } = next;
    status = next;
    answered = sent = null;
    undraw();
    await count(view === 'trouble' && !['empty', 'language'].includes(error) ? { count: 0, level: 'none', error } : null);
  }

  async function stop() {
    turn += 1;
    clearTimeout(nextRequest);
    watching?.stop();
    watching = null;
    page = null;
    await finish(IDLE);
  }

  // ---- a page that changes

  function watchPage() {
    watching ??= caveat.watch({ onRecords: followChange, onChange: readAgain });
    watching.follow(/** @type {PageText} */ (page));
  }

  /** @param {MutationRecord[]} records */
  function followChange(records) {
    if (isForsaken()) return;
    listen();
    for (const range of highlight.follow(records)) if (card.isAbout(range)) card.close();
    highlight.keep();
  }

  /** The page is calm again. @returns {Promise<boolean>} whether it says something new */
  async function readAgain() {
    if (isForsaken()) return false;
    if (address !== addressNow()) {
      address = addressNow();
      isAsked = false; // it was the page before
      if (!isAutomatic) return stop().then(() => true);
      await finish(IDLE);
    }
    const mine = turn;
    const now = await extract();
    if (mine !== turn || !page) return true;
    const hasNewWords = now.text !== page.text;
    page = now;
    watchPage();
    if (answered) await draw();
    if (!isAsking && isNews(sent, now.text)) requestSoon();
    return hasNewWords;
  }

  // ---- showing

  const chosen = () => (answered && settings ? choice(answered.report.findings, settings) : []);

  /** Brings what is drawn in line with the report, the settings and the page. */
  async function draw() {
    if (!answered || !page) return;
    const mine = (drawing += 1);
    const rest = pause();
    const findings = chosen();
    if (findings.length > 0 && !isStyled) isStyled = (await send({ kind: 'style' }))?.ok === true;
    if (mine !== drawing) return;
    const standing = page.text === answered.text ? findings : anchor.move(findings, answered.text, page.text);
    const old = byText(highlight.ranges());
    for (const finding of standing) {
      const range = anchor(page, finding);
      const same = range && takeSame(old, range, finding);
      if (same) highlight.renew(same, finding);
      else if (range) highlight.add(range, finding);
      if (rest.isDue()) await rest.next();
      if (mine !== drawing) return;
    }
    for (const range of [...old.values()].flat()) {
      if (card.isAbout(range)) card.close();
      if (highlight.has(range)) highlight.remove(range);
    }
    highlight.keep();
    showTicks();
    // "0 findings" would be an all-clear.
    await count(settings?.muted ? null : { count: findings.length, level: answered.report.summary.level });
  }

  function showTicks() {
    ticks.show(settings?.ticks ? highlight.ranges().map((range) => ({ range, mark: highlight.finding(range).mark })) : [], reveal);
  }

  /** The badge counts what stands here. @param {Shown|null} shown */
  async function count(shown) {
    if (!shown && !caveat.shown) return;
    caveat.shown = shown;
    await send({ kind: 'shown' });
  }

  /** @param {Range[]} ranges @returns {Map<Node, Range[]>} */
  const byText = (ranges) => Map.groupBy(ranges, (range) => range.startContainer);

  /** The old range at the same place; a card may be open about it. @param {Map<Node, Range[]>} old @param {Range} range @param {Finding} finding */
  function takeSame(old, range, finding) {
    const ranges = old.get(range.startContainer) ?? [];
    const index = ranges.findIndex((other) => highlight.has(other)
      && highlight.finding(other).category === finding.category && highlight.finding(other).mark === finding.mark
      && other.startOffset === range.startOffset && other.endOffset === range.endOffset && other.endContainer === range.endContainer);
    return index === -1 ? null : ranges.splice(index, 1)[0];
  }

  function undraw() {
    drawing += 1;
    card.close();
    ticks.remove();
    highlight.clear();
  }

  /** What the popup shows. */
  function state() {
    const { report, text } = answered ?? {};
    const shown = chosen();
    return {
      ok: status.view !== 'trouble',
      ...status,
      report,
      isOld: text !== undefined && text !== page?.text,
      shown: shown.map(({ id }) => id),
      hiddenCount: (report?.findings.length ?? 0) - shown.length,
      checked: report?.truncatedAt ?? text?.length ?? 0,
      unread: page?.unread,
      origins: page?.origins,
      cut: report !== undefined && (page?.cut || report.truncatedAt !== null),
    };
  }

  /** Scrolls to a range and opens its card. @param {Range|null} range @returns {{ok: boolean}} */
  function reveal(range) {
    if (!range || range.getClientRects().length === 0) return { ok: false };
    current = range;
    ledAt = Date.now();
    highlight.keep();
    caveat.bringIntoSight(range);
    highlight.flash(range);
    card.show(range, [highlight.finding(range)], { pinned: true });
    return { ok: true };
  }

  /** What the reader can be led to, in its order. */
  const reachable = () => highlight.ranges()
    .filter((range) => range.getClientRects().length > 0)
    .sort((one, other) => highlight.finding(one).start - highlight.finding(other).start);

  /**
   * To the finding after the last one, or before it; at first to one that is in sight. Beyond the first and the last it
   * is another frame's turn.
   * @param {1|-1} by
   * @param {'here'|'edge'} from  edge: the reader comes from another frame, or goes around
   */
  function step(by, from) {
    const ranges = reachable();
    const at = current ? ranges.indexOf(current) : -1;
    const inSight = ranges.findIndex((range) => range.getBoundingClientRect().bottom > 0);
    const below = inSight === -1 ? ranges.length : inSight;
    const atEdge = by === 1 ? 0 : ranges.length - 1;
    const nearby = by === 1 ? below : below - 1;
    const next = ranges[from === 'edge' ? atEdge : at === -1 ? nearby : at + by];
    if (!next) card.close();
    return reveal(next ?? null);
  }

  card.onHide = ({ category, quote }, scope, { undo }) => send({ kind: 'hide', scope, category, quote, undo });

  card.onMore = () => send({ kind: 'panel' });
  card.onUseful = ({ rule }) => send({ kind: 'useful', rule });
  card.onWrong = (finding) => {
    if (!answered) return;
    const { rule, mark, category, certainty, quote, substance } = finding;
    const { engine } = answered.report;
    send({ kind: 'wrong', report: { rule, mark, category, certainty, substance, found: quote, sentence: caveat.sentence(answered.text, finding), ...engine } });
  };

  /** @param {string[]} changed  the settings that have changed */
  async function followSettings(changed) {
    if (!isForsaken() && SHOWING.some((key) => changed.includes(key))) await showAsSet({ orRead: changed.includes('muted') });
  }

  /** @param {{orRead: boolean}} how  whether a page that was not checked may be now */
  async function showAsSet({ orRead }) {
    if (!answered && !isAutomatic) return;
    const answer = await send({ kind: 'settings' });
    if (!answer?.ok) return;
    settings = answer.settings;
    if (answered) await draw();
    else if (orRead && !answer.settings.muted) await read();
  }

  // ---- the rest of the extension

  /** @param {object} message @returns {Promise<any>} undefined when nobody is there any more */
  async function send(message) {
    if (isForsaken()) return undefined;
    try {
      return await runtime.sendMessage(message);
    } catch (error) {
      return isForsaken() ? undefined : { ok: false, error: 'failed', detail: String(error) };
    }
  }

  /** The extension was reloaded or removed while the page stood: what is left of it here goes quietly. */
  function isForsaken() {
    if (runtime?.id) return false;
    controller.abort();
    watching?.stop();
    clearTimeout(nextRequest);
    undraw();
    return true;
  }

  /** @type {Record<string, (message: any) => object|Promise<object>>} */
  const ANSWERS = {
    async check() { // whatever the word list says, and as often as the reader likes
      isAsked = true;
      await read();
      return state();
    },
    state,
    changed: ({ changed }) => followSettings(changed).then(() => ({ ok: true })),
    reveal: ({ id, quote }) => reveal(highlight.rangeOf(id, quote)),
    sentence({ id }) {
      const finding = answered?.report.findings.find((other) => other.id === id);
      return answered && finding ? { sentence: caveat.sentence(answered.text, finding) } : {};
    },
    place: () => ({ count: reachable().length, ledAt }),
    step: ({ by, from }) => step(by === -1 ? -1 : 1, from === 'edge' ? 'edge' : 'here'),
    async stop() {
      await stop();
      return state();
    },
  };

  runtime.onMessage.addListener((message, sender, respond) => {
    if (sender.id !== runtime.id || !Object.hasOwn(ANSWERS, message?.kind)) return false;
    Promise.try(ANSWERS[message.kind], message)
      .catch((error) => ({ ok: false, error: 'failed', detail: String(error) }))
      // As text: Firefox takes a tenth of a second to copy a thousand findings, in which the page stands still.
      .then((answer) => respond(JSON.stringify(answer)));
    return true; // the answer comes later
  });

  caveat.check = () => ANSWERS.check({});
  caveat.checkUnasked = () => {
    isAutomatic = true;
    if (status.view === 'idle' && !page) read(); // else the reader was faster
  };

  // The page may go dark with the evening, and no element of it changes.
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    if (!isForsaken()) draw();
  }, { signal: controller.signal });

  /** @type {PointerEvent|null} */
  let pointed = null; // where the pointer was last seen in this frame
  const listen = caveat.listen({
    pointermove(event) {
      if (!event.isTrusted || highlight.isEmpty()) return;
      if (!pointed) {
        requestAnimationFrame(() => {
          if (!isForsaken()) pointer.follow(/** @type {PointerEvent} */ (pointed));
          pointed = null;
        });
      }
      pointed = event;
    },
    click(event) {
      if (event.isTrusted && !ticks.holds(event.target) && !highlight.isEmpty() && !isForsaken()) pointer.press(event);
    },
    resize() {
      if (!highlight.isEmpty() && !isForsaken()) showTicks();
    },
    visibilitychange: isForsaken,
    // Back from the browser's history: the badge was taken off meanwhile, and changed settings may have gone unheard.
    async pageshow({ persisted }) {
      if (!persisted || isForsaken()) return;
      await showAsSet({ orRead: true });
      if (caveat.shown) await send({ kind: 'shown' });
    },
  }, controller.signal);
})();
