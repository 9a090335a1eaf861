/** The panel beside the page: all that was found on the page in front, which it follows. It keeps nothing. */
import { api } from '../lib/api.js';
import { byId, download } from '../lib/dom.js';
import { toJson, toMarkdown } from '../lib/export.js';
import { merge } from '../lib/frames.js';
import { localise, t } from '../lib/i18n.js';
import { tell } from '../lib/page.js';
import { check, known } from '../lib/reading.js';
import { hiddenBy, load, onChange } from '../lib/settings.js';
import { showVerdict } from '../lib/verdict.js';
import { showList } from './list.js';

/** A panel in a window of its own, or in a test, is about one tab. */
const named = Number(new URLSearchParams(location.search).get('tabId'));
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
  const front = named ? await api.tabs.get(named).catch(() => null) : (await api.tabs.query({ active: true, currentWindow: true }))[0];
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
  showList(visible(page), reveal);
}

/** @param {import('../lib/frames.js').Page} page */
const visible = ({ findings }) => findings.filter((finding) => !hiddenBy(finding, settings));

/** @param {import('../lib/frames.js').FramedFinding} finding */
async function reveal({ frameId, ownId, quote }) {
  const { ok } = await tell(Number(tab?.id), { kind: 'reveal', id: ownId, quote }, frameId).catch(() => ({ ok: false }));
  byId('status').textContent = ok ? '' : t('gone');
}

/** @param {typeof toMarkdown} write */
const written = (write) => (page ? write({ ...page, findings: visible(page) }, { title: tab?.title ?? '', address: tab?.url ?? '' }) : '');

async function copy() {
  const copied = await navigator.clipboard.writeText(written(toMarkdown)).then(() => true, () => false);
  byId('status').textContent = t(copied ? 'copied' : 'notCopied');
}

const follow = () => show(known);
const checkAnew = () => show((tabId) => check(tabId, { anew: true }));

localise(document);
byId('check').addEventListener('click', checkAnew);
byId('again').addEventListener('click', checkAnew);
byId('copy').addEventListener('click', copy);
byId('save').addEventListener('click', () => {
  download('caveat.json', 'application/json', written(toJson));
  byId('status').textContent = t('saved');
});
byId('options').addEventListener('click', () => api.runtime.openOptionsPage());
onChange((changed) => {
  settings = changed;
  if (page) showList(visible(page), reveal);
});
api.tabs.onActivated.addListener(follow);
api.tabs.onUpdated.addListener((tabId, { status }) => {
  if (status === 'complete' && tabId === tab?.id) follow();
});
api.runtime.onMessage.addListener((message, sender) => {
  if (sender.id === api.runtime.id && message?.kind === 'shown' && sender.tab?.id === tab?.id) follow();
});
await follow();
