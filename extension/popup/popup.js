/** The popup: has the page checked, and shows what came of it. What it shows is kept in the page; it keeps nothing. */
import { api } from '../lib/api.js';
import { byId, download } from '../lib/dom.js';
import { toJson, toMarkdown } from '../lib/export.js';
import { merge } from '../lib/frames.js';
import { localise, t } from '../lib/i18n.js';
import { tell } from '../lib/page.js';
import { openPanel } from '../lib/panel.js';
import { check, stateOf } from '../lib/reading.js';
import { hiddenBy, load, muteSite, onChange } from '../lib/settings.js';
import { step } from '../lib/step.js';
import { showVerdict } from '../lib/verdict.js';
import { showFindings } from './findings.js';
import { showServer } from './server.js';
import { originOf, showSite } from './site.js';
import { startTabs } from './tabs.js';

const tab = await thisTab();
let settings = await load();
/** @type {number[]} */
let frames = [];
/** @type {ReturnType<typeof merge>|null} */
let shown = null;

/** @returns {Promise<chrome.tabs.Tab & {id: number}>} */
async function thisTab() {
  const named = Number(new URLSearchParams(location.search).get('tabId'));
  const [active] = named ? [await api.tabs.get(named)] : await api.tabs.query({ active: true, currentWindow: true });
  return /** @type {any} */ (active);
}

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
    render(states);
  } catch (error) {
    // On its own pages Firefox takes the scripts without a word and does not run them.
    trouble('restricted', String(/** @type {Error} */ (error).message));
  }
}

/** The page was checked again while the popup is open. */
async function refresh() {
  if (!shown) return;
  const states = await Promise.all(frames.map(async (frameId) => ({ frameId, state: await stateOf(tab.id, frameId) })));
  if (shown && states[0].state.view === 'report') render(states);
}

/** The button that was clicked may go with what it stands in, and must not take the focus with it. */
async function again() {
  byId('again').focus();
  await open({ anew: true });
}

/** Takes the highlights off the page. */
async function stop() {
  await Promise.all(frames.map((frameId) => tell(tab.id, { kind: 'stop' }, frameId)));
  show('idle');
  byId('check').focus();
}

/** @param {Parameters<typeof merge>[0]} states */
function render(states) {
  shown = merge(states);
  if (!shown.ok) return trouble(shown.error, shown.detail);
  show('report');
  showVerdict(shown.page);
  showList();
}

/** Only what depends on the settings. */
function showList() {
  if (shown?.ok) showFindings(shown.page, settings, { reveal, go });
}

/** @param {string} view */
function show(view) {
  const main = /** @type {HTMLElement} */ (document.querySelector('main'));
  if (main.dataset.view !== view) say(''); // it was about what was shown before
  main.dataset.view = view;
  byId('take').hidden = view !== 'report';
  byId('stop').hidden = view !== 'report';
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

/** @param {import('../lib/frames.js').FramedFinding} finding */
async function reveal({ frameId, ownId, quote }) {
  const { ok } = await tell(tab.id, { kind: 'reveal', id: ownId, quote }, frameId);
  say(ok ? '' : t('gone'));
}

/** @param {1|-1} by */
async function go(by) {
  say(await step(tab.id, by, frames) ? '' : t('gone'));
}

/** What the reader takes along is what she sees. @param {typeof toMarkdown} write */
function written(write) {
  if (!shown?.ok) return '';
  const findings = shown.page.findings.filter((finding) => !hiddenBy(finding, settings));
  return write({ ...shown.page, findings }, { title: tab.title ?? '', address: tab.url ?? '' });
}

async function copy() {
  const copied = await navigator.clipboard.writeText(written(toMarkdown)).then(() => true, () => false);
  say(t(copied ? 'copied' : 'notCopied'));
}

/** The change of the settings does the rest. */
async function unmute() {
  byId('again').focus();
  await muteSite(String(originOf(tab)), false);
}

function save() {
  download('caveat.json', 'application/json', written(toJson));
  say(t('saved'));
}

localise(document);
startTabs(byId('tabs'));
byId('options').addEventListener('click', () => api.runtime.openOptionsPage());
byId('again').addEventListener('click', again);
byId('retry').addEventListener('click', again);
byId('check').addEventListener('click', again);
byId('stop').addEventListener('click', stop);
byId('unmute').addEventListener('click', unmute);
byId('copy').addEventListener('click', copy);
byId('save').addEventListener('click', save);
byId('beside').addEventListener('click', () => openPanel(tab));
showSite(tab, settings);
showServer(settings);
onChange((changed) => {
  const wasMuted = settings.muted.includes(String(originOf(tab)));
  settings = changed;
  showSite(tab, settings);
  showServer(settings);
  if (wasMuted !== settings.muted.includes(String(originOf(tab)))) open({ anew: false });
  else showList();
});
api.runtime.onMessage.addListener((message, sender) => {
  if (sender.id === api.runtime.id && message?.kind === 'shown' && sender.tab?.id === tab.id) refresh();
});
await open({ anew: false });
