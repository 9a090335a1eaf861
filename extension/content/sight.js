/** What a reader sees of the page as its words, and how the words of one element stand to those of another. */
globalThis.caveat ??= /** @type {any} */ ({});

caveat.sight ??= (() => {
  const { dom } = caveat;

  /** What is no word of the page, or has been typed. */
  const SKIP = [
    'head, script, style, noscript, template, iframe, object, audio, video, canvas, svg, math, meter, progress, rt, rp',
    'textarea, input, select, [contenteditable]:not([contenteditable="false" i]), [role="textbox"], [role="searchbox"]',
    '.CodeMirror, .cm-editor, .monaco-editor, .ace_editor', // these draw what is typed in elements of their own
    'del, s, strike', // taken back
    'nav, [role="navigation"]',
    'caveat-card, caveat-ticks', // our own
    // The heading of an accordion is a button, and is read.
    'button:not(:is(h1, h2, h3, h4, h5, h6, dt, [role="heading"]) button, [aria-expanded][aria-controls])',
  ].join(',');
  const SKIPPED_AROUND = '[aria-hidden="true"] *, [contenteditable]:not([contenteditable="false" i]) *';
  /** Whose text is drawn as a picture: "check_circle". */
  const ICONS = /icon|awesome|symbols|glyph/i;
  const DIALOG = '[aria-modal="true"], dialog[open], [role="dialog"], [role="alertdialog"]';
  /** Such as hold what a page has to say. */
  const CONTENT = 'body > *, main, article, :has(> main, > article)';
  const WORDS = ['a', 'abbr', 'b', 'bdi', 'cite', 'code', 'em', 'i', 'mark', 'q', 'small', 'span', 'strong', 'time', 'u'];
  const NOTE = /^[\s\d,;[\]()*†‡§¶–-]{1,12}$/;

  /** @param {Element} element */
  function isSkipped(element) {
    if (dom.matches(element, SKIP)) return true;
    if (dom.matches(element, '[aria-hidden="true"]') && !isBehindDialog(element)) return true;
    if (!dom.hasBox(element)) return getComputedStyle(element).display !== 'contents';
    // The mark of a footnote is no part of the number or the name before it.
    return isMark(element) && !isExponent(element);
  }

  /** A dialog that asks for consent hides the page from screen readers; the reader sees it all the same. @param {Element} element */
  function isBehindDialog(element) {
    if (!dom.matches(element, CONTENT)) return false;
    const dialog = Document.prototype.querySelector.call(document, DIALOG);
    return dialog !== null && dom.isVisible(dialog) && !Node.prototype.contains.call(element, dialog);
  }

  /** @param {Element} element */
  const isMark = (element) => dom.localName(element) === 'sup' && NOTE.test(dom.textContent(element));

  /** That of a power of ten. @param {Element} element */
  function isExponent(element) {
    if (!isMark(element)) return false;
    const before = dom.previousSibling(element);
    return before !== null && /\b10\s*$/.test(dom.textContent(before));
  }

  /** A frame that the page around it hides. */
  function isUnseenFrame() {
    if (self === top) return false;
    const frame = frameElement; // null where the page around is another site's
    return innerWidth === 0 || innerHeight === 0
      || (frame !== null && (!dom.isVisible(frame) || dom.matches(frame, SKIPPED_AROUND)));
  }

  /** @param {Element} element @param {(parent: Element) => Place} placeOf @returns {Place} */
  function place(element, placeOf) {
    const style = getComputedStyle(element);
    const { display } = style;
    const parent = dom.parentOf(element);
    const isInline = parent && (/^(inline|contents|ruby)/.test(display) || isDropCap(element, style) || isWordInRow(element, parent));
    const around = isInline ? placeOf(parent) : null;
    const isStruck = style.textDecorationLine.includes('line-through') || around?.isStruck === true;
    const isBox = !around || /^inline-/.test(display);
    return {
      block: around ? around.block : element,
      box: isBox ? element : around.box,
      isApart: isBox ? hasRoom(style) : around.isApart,
      isStruck,
      shows: !isStruck && !ICONS.test(style.fontFamily.split(',')[0])
        && !dom.matches(element, 'details:not([open])')
        && style.contentVisibility !== 'hidden' // e.g. hidden="until-found"
        && style.visibility === 'visible' && style.fontSize !== '0px'
        && /** @type {any} */ (style).webkitUserModify !== 'read-write'
        && /** @type {any} */ (style).webkitUserModify !== 'read-write-plaintext-only',
      keepsBreaks: !['collapse', 'preserve-spaces'].includes(style.getPropertyValue('white-space-collapse')),
      isTypeset: dom.matches(element, 'pre, pre *'),
    };
  }

  /** @param {Element} element @param {CSSStyleDeclaration} style */
  const isDropCap = (element, style) =>
    style.float !== 'none' && element.childElementCount === 0 && dom.textContent(element).trim().length <= 2;

  /** In a row of boxes that holds words of its own, each `<b>` is a box, and still a word of the line. @param {Element} element @param {Element} parent */
  function isWordInRow(element, parent) {
    if (!WORDS.includes(dom.localName(element)) || !/flex|grid/.test(getComputedStyle(parent).display)) return false;
    const walker = dom.walker(parent);
    for (let node = walker.firstChild(); node; node = walker.nextSibling()) {
      if (dom.isText(node) && dom.textContent(node).trim() !== '') return true;
    }
    return false;
  }

  /** @param {CSSStyleDeclaration} style */
  const hasRoom = (style) => ['paddingLeft', 'paddingRight', 'marginLeft', 'marginRight', 'borderLeftWidth', 'borderRightWidth']
    .some((side) => parseFloat(/** @type {any} */ (style)[side]) > 0);

  return { isSkipped, isExponent, isUnseenFrame, place };
})();
