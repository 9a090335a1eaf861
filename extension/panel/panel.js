/** The panel beside the page: all that was found on the page in front, which it follows. It keeps nothing. */
import { api } from '../lib/api.js';
import { byId } from '../lib/dom.js';
import { merge } from '../lib/frames.js';
import { localise, t } from '../lib/i18n.js';
import { tell } from '../lib/page.js';
import { check, known, tabInFront } from '../lib/reading.js';
import { load, onChange, visible } from '../lib/settings.js';
import { copy, save } from '../lib/take.js';
import { showVerdict } from '../lib/verdict.js';
import { showList } from './list.js';

/** @type {chrome.tabs.Tab|null} */
let tab = null;
let settings = await load();
/** @type {import('../lib/frames.js').Page|null} */
let page = null;
/** What was begun for another page, or before a change, is out of date. */
let turn = 0;

/** @param {(tabId: number) => Promise<import('../lib/reading.js').Frames>} read */
async function show(read) {
  const mine = (turn += 1);
  const front = await tabInFront();
  const states = front?.id === undefined ? [] : await read(front.id).catch(() => []);
  if (mine !== turn) return;
  tab = front ?? null;
  const merged = states.length > 0 && states[0].state.view !== 'idle' ? merge(states) : null;
  page = merged?.ok ? merged.page : null;
  render(merged && !merged.ok ? merged.error : '');
}

/** @param {string} error  why there is no report */
function render(error) {
  byId('status').textContent = '';
  /** @type {HTMLElement} */ (document.querySelector('main')).dataset.view = page ? 'report' : 'idle';
  byId('copy').hidden = byId('save').hidden = byId('again').hidden = !page;
  byId('idle-title').textContent = error ? t(`error_${error}_title`) : t('panel_idle');
  if (!page) return;
  showVerdict(page);
  showList(visible(page, settings), reveal);
}

/** @param {import('../lib/frames.js').FramedFinding} finding */
async function reveal({ frameId, ownId, quote }) {
  const { ok } = await tell(Number(tab?.id), { kind: 'reveal', id: ownId, quote }, frameId).catch(() => ({ ok: false }));
  byId('status').textContent = ok ? '' : t('gone');
}

/** Lets the reader take along what she sees. @param {typeof copy|typeof save} take */
async function takeAlong(take) {
  if (page && tab) byId('status').textContent = await take({ ...page, findings: visible(page, settings) }, tab);
}

const follow = () => show(known);
const checkAnew = () => show((tabId) => check(tabId, { anew: true }));

localise(document);
byId('check').addEventListener('click', checkAnew);
byId('again').addEventListener('click', checkAnew);
byId('copy').addEventListener('click', () => takeAlong(copy));
byId('save').addEventListener('click', () => takeAlong(save));
byId('options').addEventListener('click', () => api.runtime.openOptionsPage());
onChange((changed) => {
  settings = changed;
  if (page) showList(visible(page, settings), reveal);
});
api.tabs.onActivated.addListener(follow);
api.tabs.onUpdated.addListener((tabId, { status }) => {
  if (status === 'complete' && tabId === tab?.id) follow();
});
api.runtime.onMessage.addListener((message, sender) => {
  if (sender.id === api.runtime.id && message?.kind === 'shown' && sender.tab?.id === tab?.id) follow();
});
await follow();
