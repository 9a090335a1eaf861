/** What popup and options say about the server. */
import { t } from './i18n.js';

/** Where the page's text goes, from what is really set. @param {import('./settings.js').Settings} settings */
export function destination({ server }) {
  const url = URL.parse(server);
  return t(url?.hostname === '127.0.0.1' ? 'destination' : 'destination_remote', url?.host ?? server);
}

/** How the server is, and what to do about it. @param {any} answer  to the message `health` @returns {string} */
export function healthOf({ status, error, version, detail }) {
  if (status === 'ready') return t('health_ready', version);
  const code = status ?? error;
  return [`${t(`error_${code}_title`)}.`, t(`error_${code}_text`), detail].filter(Boolean).join(' ');
}
