/** What the reader takes along of a page: what she sees of it, with its title and address, into the clipboard or a file. */
import { download } from './dom.js';
import { toHtml, toJson, toMarkdown, toText } from './export.js';
import { t } from './i18n.js';

/**
 * @typedef {import('./export.js').Export} Export
 * @typedef {{title?: string, url?: string}} Tab
 */

/** @param {Tab} tab @returns {import('./export.js').Place} */
const placeOf = ({ title = '', url = '' }) => ({ title, address: url });

/** @param {typeof toText} form @returns {(page: Export, tab: Tab) => Promise<string>} which gives what to tell the reader of it */
const copier = (form) => async (page, tab) => {
  const copied = await navigator.clipboard.writeText(form(page, placeOf(tab))).then(() => true, () => false);
  return t(copied ? 'copied' : 'notCopied');
};

/** @param {typeof toText} form @param {string} name @param {string} type @returns {(page: Export, tab: Tab) => string} which gives what to tell the reader of it */
const saver = (form, name, type) => (page, tab) => {
  download(name, type, form(page, placeOf(tab)));
  return t('saved', name);
};

export const copyText = copier(toText);
export const copyMarkdown = copier(toMarkdown);
export const saveJson = saver(toJson, 'caveat.json', 'application/json');
export const saveHtml = saver(toHtml, 'caveat.html', 'text/html');
