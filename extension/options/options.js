/** The options: all that the reader can choose, with a way back from each choice. */
import { api } from '../lib/api.js';
import { button, byId, download, element, isolated, renew, switchInput } from '../lib/dom.js';
import { destination, showHealth, showTrouble } from '../lib/health.js';
import { localise, t } from '../lib/i18n.js';
import { CATEGORIES, MARKS } from '../lib/contract.js';
import { reasonNotToUse, serverPattern } from '../lib/server.js';
import { exported, imported, load, muteSite, onChange, save, showKind, showMark, unhide } from '../lib/settings.js';
import { EVERY_SITE, allow, revoke } from '../lib/sites.js';
import { showKeys } from '../lib/keys.js';
import { markOf } from '../lib/words.js';

/** @param {import('../lib/settings.js').Settings} settings */
function show(settings) {
  const { automatic, sites, muted, categories, marks, ticks, hidden } = settings;
  renew(byId('marks'), MARKS.filter((mark) => mark !== 'none').map((mark) =>
    shownSwitch(`mark-${mark}`, markOf(mark), t(`mark_${mark}_text`), marks[mark], (on) => showMark(mark, on))), byId('every-site'));
  renew(byId('categories'), CATEGORIES.map((category) =>
    shownSwitch(`kind-${category}`, t(`category_${category}`), t(`category_${category}_text`), categories[category], (on) => showKind(category, on))), byId('every-site'));

  byId('ticks').checked = ticks;
  byId('every-site').checked = automatic === 'all';
  byId('sites-text').textContent = t(sites.length > 0 ? 'sites_some' : 'sites_none');
  list('sites', sites, (site) => [isolated(site.replace(/\/\*$/, ''))], 'revoke', revoke, byId('every-site'));

  byId('muted-text').textContent = t(muted.length > 0 ? 'mutedSites_some' : 'mutedSites_none');
  list('muted', muted, (origin) => [isolated(origin)], 'unmute_site', (origin) => muteSite(origin, false), byId('every-site'));

  byId('hidden-text').textContent = t(hidden.length > 0 ? 'hiddenFindings_some' : 'hiddenFindings_none');
  byId('unhide-all').hidden = hidden.length < 2;
  list('hidden', hidden, ({ category, quote }) => [t(`category_${category}`), ' ', isolated(quote)], 'restore_this', unhide, byId('address'));

  byId('destination').textContent = destination(settings);
}

/** @param {string} id @param {Node|string} name @param {string} text @param {boolean} on @param {(on: boolean) => unknown} change */
function shownSwitch(id, name, text, on, change) {
  const words = element('span', {}, name, ' ', element('span', { class: 'quiet' }, text));
  return element('li', {}, element('label', { class: 'switch' }, switchInput(id, on, change), words));
}

/**
 * Each entry with a button that undoes it.
 * @template T
 * @param {string} id
 * @param {T[]} entries
 * @param {(entry: T) => (Node|string)[]} words
 * @param {string} label
 * @param {(entry: T) => unknown} undo
 * @param {HTMLElement} next  what has the focus once the last is undone
 */
function list(id, entries, words, label, undo, next) {
  renew(byId(id), entries.map((entry, index) => {
    const name = element('span', { id: `${id}-${index}` }, ...words(entry));
    return element('li', {}, name, button(t(label), () => undo(entry), { 'aria-describedby': name.id }));
  }), next);
}

/** Keeps a server that text may go to, and says at once how it is. @param {Event} event */
async function keepServer(event) {
  event.preventDefault();
  byId('address').value = spelledOut(byId('address').value.trim());
  const [server, token, remote] = [byId('address').value, byId('token').value.trim(), byId('remote').checked];
  const reason = reasonNotToUse({ server, token, remote });
  if (reason) return showTrouble(byId('status'), reason, server);
  // The browser wants to see the click, so nothing may be awaited before this.
  const answer = URL.parse(server)?.protocol === 'https:' ? api.permissions.request({ origins: [serverPattern(server)] }) : null;
  await save({ server, token, remote });
  await answer?.catch(() => false); // the test tells what was not granted
  await showHealth(byId('status'));
}

/** "localhost:5055" and "127.0.0.1:5055" are this computer too. @param {string} address */
const spelledOut = (address) => address.replace(/^(?:http:\/\/)?(?:localhost|127\.0\.0\.1)(?=[:/]|$)/i, 'http://127.0.0.1');

/** Where the browser lets its reader set the keys of extensions. */
function openKeys() {
  const { openShortcutSettings } = /** @type {any} */ (api.commands);
  if (openShortcutSettings) openShortcutSettings();
  else api.tabs.create({ url: 'chrome://extensions/shortcuts' });
}

async function exportSettings() {
  download('caveat-settings.json', 'application/json', await exported());
}

async function importSettings() {
  const [file] = byId('file').files;
  if (!file) return;
  const taken = file.size < 1_000_000 && await imported(await file.text());
  byId('settings-status').textContent = t(taken ? 'settings_imported' : 'settings_wrong');
  byId('file').value = '';
  if (taken) byId('address').value = (await load()).server;
}

byId('export').addEventListener('click', exportSettings);
byId('import').addEventListener('click', () => byId('file').click());
byId('file').addEventListener('change', importSettings);
byId('keys-change').addEventListener('click', openKeys);
localise(document);
document.title = t('optionsTitle');
byId('every-site').addEventListener('change', () => {
  // `allow` must be the first thing a click does. What the reader did not grant is switched off again by the settings.
  if (byId('every-site').checked) allow(EVERY_SITE);
  else revoke(EVERY_SITE);
});
byId('ticks').addEventListener('change', () => save({ ticks: byId('ticks').checked }));
byId('unhide-all').addEventListener('click', () => {
  byId('address').focus();
  unhide();
});
byId('server').addEventListener('submit', keepServer);

const { server, token, remote } = await load();
byId('address').value = server;
byId('token').value = token;
byId('remote').checked = remote;
onChange(show);
show(await load());
await showKeys(byId('keys'));
