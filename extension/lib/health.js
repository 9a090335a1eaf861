/** What the extension's pages say about the server. */
import { api } from './api.js';
import { t } from './i18n.js';

/** Where the page's text goes, from what is really set. @param {import('./settings.js').Settings} settings */
export function destination({ server }) {
  const url = URL.parse(server);
  return t(url?.hostname === '127.0.0.1' ? 'destination' : 'destination_remote', url?.host ?? server);
}

/** Asks the server how it is, and says what to do about it. @param {HTMLElement} line */
export async function showHealth(line) {
  line.textContent = t('health_asking');
  const { status, error, version, detail } = await api.runtime.sendMessage({ kind: 'health' });
  if (status !== 'ready') return showTrouble(line, status ?? error, detail);
  line.dataset.ready = 'true';
  line.textContent = t('health_ready', version);
}

/** @param {HTMLElement} line @param {string} code @param {string} detail */
export function showTrouble(line, code, detail) {
  line.dataset.ready = 'false';
  line.textContent = [`${t(`error_${code}_title`)}.`, t(`error_${code}_text`), detail].filter(Boolean).join(' ');
}
