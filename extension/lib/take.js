/** What the reader takes along of a page: what she sees of it, with its title and address, into the clipboard or a file. */
import { download } from './dom.js';
import { toJson, toMarkdown } from './export.js';
import { t } from './i18n.js';

/**
 * @typedef {import('./export.js').Export} Export
 * @typedef {{title?: string, url?: string}} Tab
 */

/** @param {Tab} tab @returns {import('./export.js').Place} */
const placeOf = ({ title = '', url = '' }) => ({ title, address: url });

/** @param {Export} page @param {Tab} tab @returns {Promise<string>} what to tell the reader of it */
export async function copy(page, tab) {
  const copied = await navigator.clipboard.writeText(toMarkdown(page, placeOf(tab))).then(() => true, () => false);
  return t(copied ? 'copied' : 'notCopied');
}

/** @param {Export} page @param {Tab} tab @returns {string} what to tell the reader of it */
export function save(page, tab) {
  download('caveat.json', 'application/json', toJson(page, placeOf(tab)));
  return t('saved');
}
