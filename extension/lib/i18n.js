import { api } from './api.js';

/**
 * The reader's words for a key of _locales. Codes of the API hold hyphens, which keys may not.
 * @param {string} key
 * @param {...(string|number)} values
 */
export function t(key, ...values) {
  return api.i18n.getMessage(key.replaceAll('-', '_'), values.map(String));
}

/** "1 finding", "12 findings". @param {number} count */
export const findingsCounted = (count) => t(count === 1 ? 'findings_one' : 'findings_other', count);

/** Fills every element that names its words with `data-i18n`, or its label with `data-i18n-label`. @param {Document} page */
export function localise(page) {
  page.documentElement.lang = t('language');
  page.documentElement.dir = t('direction');
  for (const element of page.querySelectorAll('[data-i18n]')) {
    element.textContent = t(String(element.getAttribute('data-i18n')));
  }
  for (const element of page.querySelectorAll('[data-i18n-label]')) {
    element.ariaLabel = t(String(element.getAttribute('data-i18n-label')));
  }
  for (const element of page.querySelectorAll('[data-i18n-placeholder]')) {
    element.setAttribute('placeholder', t(String(element.getAttribute('data-i18n-placeholder'))));
  }
}
