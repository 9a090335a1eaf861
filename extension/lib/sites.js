/** Automatic checking: on which sites the reader, and the browser, let content scripts run unasked. */
import { api } from './api.js';
import { SCRIPTS } from './page.js';
import { change, load, muteSite, save } from './settings.js';

/**
 * Every site, as far as it is served over https. To take a wider pattern back, Chrome would also take back the access to
 * 127.0.0.1, though that is no optional permission.
 */
export const EVERY_SITE = 'https://*/*';
const ID = 'automatic';

/** The origin of a tab's page, or null where there are no sites. @param {{url?: string}} tab */
export function originOf({ url }) {
  const { protocol, origin } = URL.parse(url ?? '') ?? {};
  return origin && /^https?:$/.test(String(protocol)) ? origin : null;
}

/** The match pattern of a site; any port, as Firefox knows none in patterns. @param {string} origin */
export function patternOf(origin) {
  if (origin === EVERY_SITE) return origin;
  const { protocol, hostname } = new URL(origin);
  return `${protocol}//${hostname}/*`;
}

/**
 * Switches automatic checking on. To be called directly in a click handler: the browser wants to see the click.
 * @param {string} where  an origin, or EVERY_SITE
 * @returns {Promise<boolean>} whether the reader granted it
 */
export async function allow(where) {
  const pattern = patternOf(where);
  return switchOn(pattern, ask(pattern));
}

/**
 * Switches automatic checking of a site on or off; where every site is checked, by muting it. To be called as `allow`
 * is; what is granted already is granted again without a prompt.
 * @param {string} origin
 * @returns {Promise<boolean>} whether it is on now
 */
export async function toggle(origin) {
  const pattern = patternOf(origin);
  const answer = ask(pattern);
  const { automatic, sites, muted } = await load();
  const isOn = automatic === 'all' ? !muted.includes(origin) : automatic === 'sites' && sites.includes(pattern);
  if (automatic === 'all') await muteSite(origin, isOn);
  else if (isOn) await revoke(origin);
  else return switchOn(pattern, answer);
  return !isOn;
}

/** @param {string} pattern */
const ask = (pattern) => api.permissions.request({ origins: [pattern] });

/** The prompt may close the popup that asked, so what the reader wants is written down before the answer. @param {string} pattern @param {Promise<boolean>} answer */
async function switchOn(pattern, answer) {
  const before = await load();
  await change(({ automatic, sites }) => pattern === EVERY_SITE
    ? { automatic: 'all' }
    : { automatic: automatic === 'all' ? 'all' : 'sites', sites: [...sites.filter((site) => site !== pattern), pattern] });
  const granted = await answer;
  if (!granted) await save({ automatic: before.automatic, sites: before.sites });
  return granted;
}

/**
 * Switches automatic checking off, and gives the permission back.
 * @param {string} where  an origin, or EVERY_SITE
 */
export async function revoke(where) {
  const pattern = patternOf(where);
  await change(({ automatic, sites }) => pattern === EVERY_SITE
    ? { automatic: sites.length > 0 ? 'sites' : 'off' }
    : withSites(automatic, sites.filter((site) => site !== pattern)));
  if (pattern !== EVERY_SITE) await giveBack(pattern);
  // With the permission for every site Chrome takes back those for single ones too; so it is kept while one is needed.
  const { automatic, sites } = await load();
  if (automatic !== 'all' && !sites.some((site) => site.startsWith('https:'))) await giveBack(EVERY_SITE);
}

/** @param {string} pattern */
async function giveBack(pattern) {
  try {
    await api.permissions.remove({ origins: [pattern] });
  } catch {
    // It is one that the extension cannot be without: 127.0.0.1.
  }
}

/** Forgets what the reader has taken back in the browser's own settings. */
export async function forgetRevoked() {
  const { automatic, sites } = await load();
  const [everySite] = await granted([EVERY_SITE]);
  const left = await granted(sites);
  if (left.length < sites.length || (automatic === 'all' && !everySite)) {
    await save(withSites(automatic === 'all' && !everySite ? 'sites' : automatic, left));
  }
}

/** Has the browser run the content scripts where they are wanted and allowed, from the next page on. */
export async function register() {
  await navigator.locks.request(ID, async () => {
    const { automatic, sites } = await load();
    const wanted = automatic === 'off' ? [] : automatic === 'sites' ? sites : [EVERY_SITE, ...sites];
    const matches = await granted(wanted);
    const [present] = await api.scripting.getRegisteredContentScripts({ ids: [ID] });
    const script = {
      id: ID, matches, js: [...SCRIPTS, '/content/words.js', '/content/automatic.js'],
      allFrames: true, matchOriginAsFallback: true, runAt: /** @type {const} */ ('document_idle'), persistAcrossSessions: true,
    };
    if (matches.length === 0) return present && api.scripting.unregisterContentScripts({ ids: [ID] });
    if (present) return api.scripting.updateContentScripts([script]);
    return api.scripting.registerContentScripts([script]);
  });
}

/** Without a site left there is nothing to be automatic about. @param {import('./settings.js').Settings['automatic']} automatic @param {string[]} sites @returns {Partial<import('./settings.js').Settings>} */
function withSites(automatic, sites) {
  return { sites, automatic: automatic === 'sites' && sites.length === 0 ? 'off' : automatic };
}

/** Those of the patterns that the browser allows. @param {string[]} patterns */
async function granted(patterns) {
  const allowed = await Promise.all(patterns.map((pattern) => api.permissions.contains({ origins: [pattern] })));
  return patterns.filter((_, index) => allowed[index]);
}
