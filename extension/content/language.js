/** The language of a page, where it is one that Caveat does not read. */
globalThis.caveat ??= /** @type {any} */ ({});

caveat.language ??= (() => {
  const { i18n } = globalThis.browser ?? globalThis.chrome;
  const READ = 'en';
  /** Of fewer characters browsers only guess; more tell nothing new. */
  const FEWEST = 200;
  /** Of fewer, full of names of plants, they may make Javanese of an English page that says what it is. */
  const FEWEST_OF_SELDOM = 600;
  /** In these a page with an English template is likely written. */
  const OFTEN = ['ar', 'cs', 'da', 'de', 'el', 'es', 'fa', 'fi', 'fr', 'he', 'hi', 'hu', 'id', 'it', 'ja', 'ko', 'nl', 'no', 'pl', 'pt', 'ro', 'ru', 'sv', 'th', 'tr', 'uk', 'vi', 'zh'];
  /** Samples, spread over the text: a page may begin with what nobody sees. */
  const SAMPLES = 10;
  const SAMPLE = 1_000;

  /** The text without what nobody sees: words in another language must not hide those that are read. @param {PageText} page */
  function seen({ text, blocks }) {
    return blocks.map(({ element, start }, index) =>
      (element.checkVisibility({ opacityProperty: true }) ? text.slice(start, blocks[index + 1]?.start) : '')).join('');
  }

  /** @param {string} text */
  function sampled(text) {
    if (text.length <= SAMPLES * SAMPLE) return text;
    const step = Math.floor((text.length - SAMPLE) / (SAMPLES - 1));
    return Array.from({ length: SAMPLES }, (_, index) => text.slice(index * step, index * step + SAMPLE)).join('\n');
  }

  /**
   * What the browser makes of the text counts more than what the page says of itself: many a template says "en".
   * @param {PageText} page
   * @returns {Promise<string|null>} the language's name, or null for one that Caveat reads
   */
  return async function language(page) {
    const text = seen(page);
    const { isReliable, languages } = await i18n.detectLanguage(sampled(text));
    const declared = (document.documentElement?.getAttribute('lang') ?? '').trim().split('-')[0].toLowerCase();
    const guess = languages[0]?.language ?? '';
    const isEnough = text.length >= (declared === READ && !OFTEN.includes(guess.split('-')[0]) ? FEWEST_OF_SELDOM : FEWEST);
    const code = isReliable && isEnough ? guess : declared;
    if (code === '' || code === READ || languages.some((other) => other.language === READ && other.percentage > 30)) return null;
    try {
      return new Intl.DisplayNames([i18n.getUILanguage()], { type: 'language' }).of(code) ?? code;
    } catch {
      return null; // no language at all, such as lang="x"
    }
  };
})();
