/** The language of a page, where it is one that Caveat does not read. */
globalThis.caveat ??= /** @type {any} */ ({});

caveat.language ??= (() => {
  const { i18n } = globalThis.browser ?? globalThis.chrome;
  const READ = 'en';
  /** Of fewer characters browsers only guess; more tell nothing new. */
  const FEWEST = 200;
  const SAMPLE = 10_000;

  /**
   * What the browser makes of the text counts more than what the page says of itself: many a template says "en".
   * @param {string} text
   * @returns {Promise<string|null>} the language's name, or null for one that Caveat reads
   */
  return async function language(text) {
    const { isReliable, languages } = await i18n.detectLanguage(text.slice(0, SAMPLE));
    const detected = isReliable && text.length >= FEWEST ? languages[0]?.language : undefined;
    const code = detected ?? (document.documentElement?.getAttribute('lang') ?? '').trim().split('-')[0].toLowerCase();
    if (code === '' || code === READ || languages.some((other) => other.language === READ && other.percentage > 30)) return null;
    try {
      return new Intl.DisplayNames([i18n.getUILanguage()], { type: 'language' }).of(code) ?? code;
    } catch {
      return null; // no language at all, such as lang="x"
    }
  };
})();
