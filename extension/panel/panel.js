/** The panel beside the page: all that was found on the page in front, which it follows. It keeps nothing. */
import { api } from '../lib/api.js';
import { byId } from '../lib/dom.js';
import { merge } from '../lib/frames.js';
import { localise, t } from '../lib/i18n.js';
import { tell } from '../lib/page.js';
import { check, known, tabInFront } from '../lib/reading.js';
import { load, muteSite, onChange, visible } from '../lib/settings.js';
import { allow, originOf } from '../lib/sites.js';
import { reveal, step } from '../lib/step.js';
import { copyMarkdown, copyText, saveHtml, saveJson } from '../lib/take.js';
import { showHidden } from './hidden.js';
import { showList } from './list.js';
import { showVerdict } from './verdict.js';

/** @type {chrome.tabs.Tab|null} */
let tab = null;
let settings = await load();
/** @type {import('../lib/frames.js').Page|null} */
let page = null;
/** What was begun for another page, or before a change, is out of date. */
let turn = 0;
/** Those of the page with content scripts, the page itself first. @type {number[]} */
let frames = [];
/** The finding that a reason has led to last. */
let ledTo = '';

/** @param {(tabId: number) => Promise<import('../lib/reading.js').Frames>} read */
async function show(read) {
  const mine = (turn += 1);
  const front = await tabInFront();
  const states = front?.id === undefined ? [] : await read(front.id).catch(() => []);
  if (mine !== turn) return;
  if (front?.id !== tab?.id) byId('status').textContent = '';
  tab = front ?? null;
  frames = states.map(({ frameId }) => frameId);
  const merged = states.length > 0 && states[0].state.view !== 'idle' ? merge(states) : null;
  page = merged?.ok ? merged.page : null;
  render(merged && !merged.ok ? merged.error : '');
}

/** @param {string} error  why there is no report */
function render(error) {
  /** @type {HTMLElement} */ (document.querySelector('main')).dataset.view = page ? 'report' : 'idle';
  byId('idle-title').textContent = error ? t(`error_${error}_title`) : t('panel_idle');
  if (!page) return;
  showVerdict(page, { lead, readFrames });
  showFindings();
}

/** Only what depends on the settings. */
function showFindings() {
  if (!page) return;
  showList(visible(page, settings), leadTo);
  showHidden(page, settings);
  const origin = originOf(tab ?? {});
  byId('mute').hidden = origin === null;
  byId('mute').textContent = t(isMuted() ? 'unmute' : 'mute_site', new URL(origin ?? 'http://x').host);
}

const isMuted = () => settings.muted.includes(String(originOf(tab ?? {})));

/** @param {import('../lib/frames.js').FramedFinding} finding */
async function leadTo(finding) {
  byId('status').textContent = await reveal(Number(tab?.id), finding) ? '' : t('gone');
}

/** To the words that a reason rests on, one after the other. @param {string[]} ids */
async function lead(ids) {
  const own = page ? visible(page, settings).filter(({ id }) => ids.includes(id)) : [];
  const next = own[(own.findIndex(({ id }) => id === ledTo) + 1) % own.length];
  if (!next) return void (byId('status').textContent = t('gone'));
  ledTo = next.id;
  await leadTo(next);
}

/** @param {1|-1} by */
async function go(by) {
  byId('status').textContent = await step(Number(tab?.id), by, frames) ? '' : t('gone');
}

/** From then on the browser lets the extension into frames of that site too. @param {string} origin */
async function readFrames(origin) {
  if (await allow(origin)) await checkAnew();
}

/** Lets the reader take along what she sees. @param {typeof copyText|typeof saveJson} take */
async function takeAlong(take) {
  if (page && tab) byId('status').textContent = await take({ ...page, findings: visible(page, settings) }, tab);
}

/** Takes the highlights off the page. */
async function stop() {
  await Promise.all(frames.map((frameId) => tell(Number(tab?.id), { kind: 'stop' }, frameId).catch(() => {})));
  await follow();
}

const follow = () => show(known);
const checkAnew = () => show((tabId) => check(tabId, { anew: true }));

localise(document);
byId('check').addEventListener('click', checkAnew);
byId('again').addEventListener('click', checkAnew);
byId('stop').addEventListener('click', stop);
byId('mute').addEventListener('click', () => muteSite(String(originOf(tab ?? {})), !isMuted()));
byId('previous').addEventListener('click', () => go(-1));
byId('next').addEventListener('click', () => go(1));
byId('copy-text').addEventListener('click', () => takeAlong(copyText));
byId('copy').addEventListener('click', () => takeAlong(copyMarkdown));
byId('save').addEventListener('click', () => takeAlong(saveJson));
byId('save-html').addEventListener('click', () => takeAlong(saveHtml));
byId('options').addEventListener('click', () => api.runtime.openOptionsPage());
onChange((changed) => {
  settings = changed;
  showFindings();
});
api.tabs.onActivated.addListener(follow);
api.tabs.onUpdated.addListener((tabId, { status }) => {
  if (status === 'complete' && tabId === tab?.id) follow();
});
api.runtime.onMessage.addListener((message, sender) => {
  if (sender.id === api.runtime.id && message?.kind === 'shown' && sender.tab?.id === tab?.id) follow();
});
await follow();
