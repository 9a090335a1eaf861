/** What a reader sees of the page as its words, and how the words of one element stand to those of another. */
globalThis.caveat ??= /** @type {any} */ ({});

caveat.sight ??= (() => {
  const { dom } = caveat;

  /** What is no word of the page, or has been typed. */
  const SKIP = [
    'head, script, style, noscript, template, iframe, object, audio, video, canvas, svg, math, meter, progress, rt, rp',
    'textarea, input, select, button, [contenteditable]:not([contenteditable="false" i]), [role="textbox"], [role="searchbox"]',
    '.CodeMirror, .cm-editor, .monaco-editor, .ace_editor', // these draw what is typed in elements of their own
    'del, s, strike', // taken back
    'nav, [role="navigation"], [aria-hidden="true"]',
  ].join(',');
  const SKIPPED_AROUND = '[aria-hidden="true"] *, [contenteditable]:not([contenteditable="false" i]) *';
  const NOTE = /^[\s\d,;[\]()*†‡§¶–-]{1,12}$/;

  /** @param {Element} element */
  function isSkipped(element) {
    if (dom.matches(element, SKIP)) return true;
    if (!dom.hasBox(element)) return getComputedStyle(element).display !== 'contents';
    // The mark of a footnote is no part of the number or the name before it.
    return isMark(element) && !isExponent(element);
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
    const isInline = parent && (/^(inline|contents|ruby)/.test(display) || isDropCap(element, style));
    const around = isInline ? placeOf(parent) : null;
    const isBox = !around || /^inline-/.test(display);
    return {
      block: around ? around.block : element,
      box: isBox ? element : around.box,
      isApart: isBox ? hasRoom(style) : around.isApart,
      shows: !dom.matches(element, 'details:not([open])')
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

  /** @param {CSSStyleDeclaration} style */
  const hasRoom = (style) => ['paddingLeft', 'paddingRight', 'marginLeft', 'marginRight', 'borderLeftWidth', 'borderRightWidth']
    .some((side) => parseFloat(/** @type {any} */ (style)[side]) > 0);

  return { isSkipped, isExponent, isUnseenFrame, place };
})();
