/** The popup: has the page checked, and sums up what came of it. What it shows is kept in the page; it keeps nothing. */
import { api } from '../lib/api.js';
import { byId, isolated } from '../lib/dom.js';
import { merge } from '../lib/frames.js';
import { localise, t } from '../lib/i18n.js';
import { tell } from '../lib/page.js';
import { openPanel } from '../lib/panel.js';
import { check, statesOf, tabInFront } from '../lib/reading.js';
import { load, muteSite, onChange, visible } from '../lib/settings.js';
import { originOf } from '../lib/sites.js';
import { reveal } from '../lib/step.js';
import { unreadLine } from '../lib/words.js';
import { fit } from './fit.js';
import { showServer } from './server.js';
import { showSite } from './site.js';
import { showWorst } from './worst.js';

const tab = /** @type {chrome.tabs.Tab & {id: number}} */ (await tabInFront());
let settings = await load();
/** @type {number[]} */
let frames = [];
/** @type {ReturnType<typeof merge>|null} */
let shown = null;

/**
 * Shows what the page's content scripts know; those that know nothing yet check their frame.
 * @param {{anew: boolean}} how  anew: all of them check their frame
 */
async function open({ anew }) {
  show('checking');
  shown = null;
  if (settings.muted.includes(String(originOf(tab)))) return show('muted');
  try {
    const states = await check(tab.id, { anew });
    frames = states.map(({ frameId }) => frameId);
    await render(states);
  } catch (error) {
    // On its own pages Firefox takes the scripts without a word and does not run them.
    trouble('restricted', String(/** @type {Error} */ (error).message));
  }
}

/** The page was checked again while the popup is open. */
async function refresh() {
  if (!shown) return;
  const states = await statesOf(tab.id, frames);
  const { view } = states[0].state;
  if (shown && view === 'report') await render(states);
  if (shown && view === 'idle') show('idle'); // the panel has taken the highlights off
}

/** The button that was clicked may go with what it stands in, and must not take the focus with it. */
async function again() {
  byId('again').focus();
  await open({ anew: true });
}

/** @param {Parameters<typeof merge>[0]} states */
async function render(states) {
  shown = merge(states);
  if (!shown.ok) return trouble(shown.error, shown.detail);
  const { page: { summary: { level, headline, missing }, unread, cut, checked, notice } } = shown;
  byId('report').dataset.level = level;
  byId('level').textContent = t(`level_${level}`);
  byId('headline').replaceChildren(isolated(headline));
  const objects = [...new Set(missing.map(({ object }) => object))].join(', ');
  byId('missing').replaceChildren(...(objects ? [isolated(t('missing_line', objects))] : []));
  byId('unread').textContent = [cut && t('cut', checked.toLocaleString()), unreadLine(unread)].filter(Boolean).join(' ');
  if (notice) byId('notice').replaceChildren(isolated(notice));
  await showFindings();
  show('report');
}

/** Only what depends on the settings. */
async function showFindings() {
  if (!shown?.ok) return;
  await showWorst(visible(shown.page, settings), sentenceOf, lead);
  fit();
}

/** @param {string} view */
function show(view) {
  const main = /** @type {HTMLElement} */ (document.querySelector('main'));
  if (main.dataset.view !== view) say(''); // it was about what was shown before
  main.dataset.view = view;
  fit();
}

/** @param {string} error @param {string} detail */
function trouble(error, detail) {
  show('trouble');
  byId('trouble').dataset.error = error;
  byId('trouble-title').textContent = t(`error_${error}_title`);
  byId('trouble-text').textContent = t(`error_${error}_text`);
  byId('trouble-detail').textContent = detail;
  byId('retry').hidden = ['restricted', 'language'].includes(error);
}

/** The one line that tells what has just happened. @param {string} words */
function say(words) {
  byId('status').textContent = words;
}

/** @param {import('../lib/frames.js').FramedFinding} finding @returns {Promise<string>} */
async function sentenceOf({ frameId, ownId, quote }) {
  const { sentence = quote } = await tell(tab.id, { kind: 'sentence', id: ownId }, frameId).catch(() => ({}));
  return sentence;
}

/** @param {import('../lib/frames.js').FramedFinding} finding */
async function lead(finding) {
  say(await reveal(tab.id, finding) ? '' : t('gone'));
}

/** The change of the settings does the rest. */
async function unmute() {
  byId('again').focus();
  await muteSite(String(originOf(tab)), false);
}

localise(document);
byId('options').addEventListener('click', () => api.runtime.openOptionsPage());
byId('again').addEventListener('click', again);
byId('retry').addEventListener('click', again);
byId('check').addEventListener('click', again);
byId('unmute').addEventListener('click', unmute);
byId('all').addEventListener('click', () => openPanel(tab));
byId('server').addEventListener('toggle', fit);
showSite(tab, settings);
showServer(settings);
onChange((changed) => {
  const wasMuted = settings.muted.includes(String(originOf(tab)));
  settings = changed;
  showSite(tab, settings);
  showServer(settings);
  if (wasMuted !== settings.muted.includes(String(originOf(tab)))) open({ anew: false });
  else showFindings();
});
api.runtime.onMessage.addListener((message, sender) => {
  if (sender.id === api.runtime.id && message?.kind === 'shown' && sender.tab?.id === tab.id) refresh();
});
await open({ anew: false });
