/** The popup: has the page checked, and shows what came of it. What it shows is kept in the page; it keeps nothing. */
import { api } from '../lib/api.js';
import { byId } from '../lib/dom.js';
import { merge } from '../lib/frames.js';
import { localise, t } from '../lib/i18n.js';
import { tell } from '../lib/page.js';
import { openPanel } from '../lib/panel.js';
import { check, statesOf, tabInFront } from '../lib/reading.js';
import { load, muteSite, onChange, visible } from '../lib/settings.js';
import { step } from '../lib/step.js';
import { copy, save } from '../lib/take.js';
import { showVerdict } from '../lib/verdict.js';
import { showFindings } from './findings.js';
import { showServer } from './server.js';
import { originOf, showSite } from './site.js';
import { startTabs } from './tabs.js';

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
    render(states);
  } catch (error) {
    // On its own pages Firefox takes the scripts without a word and does not run them.
    trouble('restricted', String(/** @type {Error} */ (error).message));
  }
}

/** The page was checked again while the popup is open. */
async function refresh() {
  if (!shown) return;
  const states = await statesOf(tab.id, frames);
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
  showGauge(shown.page.summary);
  showList();
}

/** @param {import('../lib/report.js').Summary} summary */
function showGauge({ score }) {
  byId('points').textContent = String(score);
  byId('report').querySelector('.value').style.strokeDasharray = `${score} 100`;
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

/** Lets the reader take along what she sees. @param {typeof copy|typeof save} take */
async function takeAlong(take) {
  if (shown?.ok) say(await take({ ...shown.page, findings: visible(shown.page, settings) }, tab));
}

/** The change of the settings does the rest. */
async function unmute() {
  byId('again').focus();
  await muteSite(String(originOf(tab)), false);
}

localise(document);
startTabs(byId('tabs'));
byId('options').addEventListener('click', () => api.runtime.openOptionsPage());
byId('again').addEventListener('click', again);
byId('retry').addEventListener('click', again);
byId('check').addEventListener('click', again);
byId('stop').addEventListener('click', stop);
byId('unmute').addEventListener('click', unmute);
byId('copy').addEventListener('click', () => takeAlong(copy));
byId('save').addEventListener('click', () => takeAlong(save));
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
