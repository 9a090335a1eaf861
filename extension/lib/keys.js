/** The keys as the browser has assigned them. */
import { api } from './api.js';
import { element } from './dom.js';
import { t } from './i18n.js';

/** @param {HTMLElement} list */
export async function showKeys(list) {
  const commands = await api.commands.getAll();
  list.replaceChildren(...commands.filter(({ description }) => description).map(({ description, shortcut }) =>
    element('li', {}, String(description), shortcut ? element('kbd', {}, shortcut) : element('span', { class: 'quiet' }, t('keys_none')))));
}
