/** The one switch for this site: whether its pages are checked unasked. */
import { byId } from '../lib/dom.js';
import { t } from '../lib/i18n.js';
import { originOf, patternOf, toggle } from '../lib/sites.js';

/** @param {{url?: string}} tab @param {import('../lib/settings.js').Settings} settings */
export function showSite(tab, { automatic, sites, muted }) {
  const origin = originOf(tab);
  const here = origin !== null && !muted.includes(origin) && (automatic === 'all' || (automatic === 'sites' && sites.includes(patternOf(origin))));
  byId('site-name').textContent = origin ? t('site_switch', new URL(origin).host) : t('site_none');
  byId('site').checked = here;
  byId('site').disabled = origin === null;
  // `toggle` must be the first thing a click does, or the browser does not believe in the click.
  byId('site').onchange = async () => {
    byId('site').checked = origin !== null && await toggle(origin);
  };
}
