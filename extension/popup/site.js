/** Where pages are checked unasked, and where nothing is shown. */
import { byId } from '../lib/dom.js';
import { t } from '../lib/i18n.js';
import { muteSite } from '../lib/settings.js';
import { EVERY_SITE, allow, patternOf, revoke } from '../lib/sites.js';

/** The origin of a tab's page, or null where there are no sites. @param {{url?: string}} tab */
export function originOf({ url }) {
  const { protocol, origin } = URL.parse(url ?? '') ?? {};
  return origin && /^https?:$/.test(String(protocol)) ? origin : null;
}

/** @param {{url?: string}} tab @param {import('../lib/settings.js').Settings} settings */
export function showSite(tab, { automatic, sites, muted }) {
  const origin = originOf(tab);
  const site = origin ? new URL(origin).host : '';
  const isMuted = origin !== null && muted.includes(origin);
  const here = origin !== null && sites.includes(patternOf(origin));
  const state = automatic === 'all' ? 'all' : automatic === 'sites' && here ? 'site' : 'off';

  byId('site-state').textContent = isMuted ? t('muted_state', site) : t(`automatic_${state}_state`);
  byId('automatic-text').textContent = t(`automatic_${state}_text`);
  for (const name of ['off', 'site', 'all']) byId(`automatic-${name}`).ariaPressed = String(name === state);
  byId('automatic-site').disabled = byId('mute').disabled = origin === null;
  byId('mute-label').textContent = site ? t('mute_site', site) : t('mute_nothing');
  byId('mute').checked = isMuted;

  // `allow` must be the first thing a click does, or the browser does not believe in the click.
  byId('automatic-off').onclick = async () => {
    if (automatic === 'all') await revoke(EVERY_SITE);
    if (origin !== null && here) await revoke(origin);
  };
  byId('automatic-site').onclick = async () => {
    if (origin !== null && (await allow(origin)) && automatic === 'all') await revoke(EVERY_SITE);
  };
  byId('automatic-all').onclick = () => allow(EVERY_SITE);
  byId('mute').onchange = () => origin !== null && muteSite(origin, byId('mute').checked);
}
