/** How bright it is behind some words, so that their mark can be seen on it. */
globalThis.caveat ??= /** @type {any} */ ({});

caveat.contrast ??= (() => {
  const { dom } = caveat;
  /** From these luminances on a background is light, or neither light nor dark; page.css has colours for each. */
  const LIGHT = 0.5;
  const MIDDLE = 0.2;
  /** What browsers draw beneath a page that says it can be dark. */
  const DARK_CANVAS = [18, 18, 18, 1];
  const WHITE = [255, 255, 255, 1];

  /** @typedef {number[]} Colour  red, green and blue to 255, opacity to 1 */
  /** @type {OffscreenCanvasRenderingContext2D|null} */
  let canvas = null;

  /** @param {string} written  as `getComputedStyle` gives it @returns {Colour} */
  function colourOf(written) {
    const numbers = /^rgba?\(([^)]*)\)$/.exec(written)?.[1].match(/[\d.]+/g)?.map(Number);
    if (numbers && numbers.length >= 3) return [numbers[0], numbers[1], numbers[2], numbers[3] ?? 1];
    canvas ??= new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true }); // knows every other notation
    if (!canvas) return [0, 0, 0, 0];
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = written;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  }

  /** @param {Colour} over @param {Colour} under @returns {Colour} */
  const blended = (over, under) => [0, 1, 2].map((at) => over[at] * over[3] + under[at] * (1 - over[3])).concat(1);

  /** The relative luminance of WCAG 2, 0 to 1. @param {Colour} colour */
  function luminance([red, green, blue]) {
    const [r, g, b] = [red, green, blue].map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  /** Behind a picture nobody knows; who wrote the page has chosen its ink so that it can be read. @param {Element} element @returns {Colour} */
  const againstInk = (element) => (luminance(colourOf(getComputedStyle(element).color)) > 0.4 ? DARK_CANVAS : WHITE);

  /** @param {Element} element @returns {Colour} */
  function behind(element) {
    /** @type {Colour[]} */
    const layers = [];
    let base = null;
    for (let at = /** @type {Element|null} */ (element); at && !base; at = dom.parentOf(at)) {
      const { backgroundColor, backgroundImage } = getComputedStyle(at);
      const colour = colourOf(backgroundColor);
      if (backgroundImage !== 'none') base = againstInk(element);
      else if (colour[3] >= 1) base = colour;
      else if (colour[3] > 0) layers.push(colour);
    }
    return layers.reduceRight((under, over) => blended(over, under), base ?? beneath());
  }

  /** What the browser draws under a page that says nothing of it. @returns {Colour} */
  function beneath() {
    const isDark = /dark/.test(getComputedStyle(document.documentElement).colorScheme) && matchMedia('(prefers-color-scheme: dark)').matches;
    return isDark ? DARK_CANVAS : WHITE;
  }

  /** @param {Element} element @returns {'light'|'middle'|'dark'} */
  return function contrast(element) {
    const bright = luminance(behind(element));
    return bright >= LIGHT ? 'light' : bright >= MIDDLE ? 'middle' : 'dark';
  };
})();
