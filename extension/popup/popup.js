// @ts-nocheck
/** The popup: has the page checked, and shows what came of it. It keeps no state. */
import { api } from '../lib/api.js';
import { findingsCounted, localise, t } from '../lib/i18n.js';
import { CATEGORIES } from '../lib/report.js';
import { enter, tell } from '../lib/page.js';
import { load } from '../lib/settings.js';


const byId = (id) => document.getElementById(id);
const tabId = Number(new URLSearchParams(location.search).get('tabId')) || (await activeTab());

async function activeTab() {
  const [tab] = await api.tabs.query({ active: true, currentWindow: true });
  return tab.id;
}

/** Has the page checked; its content scripts are put there first when they do not answer. */
async function check() {
  render({ view: 'checking' });
  render(await askPage({ kind: 'check' }).catch(injectAndCheck));
}

const askPage = (message) => tell(tabId, message);

async function injectAndCheck() {
  try {
    await enter(tabId);
    // On its own pages Firefox takes the scripts without a word and does not run them.
    return await askPage({ kind: 'check' });
  } catch (error) {
    return { ok: false, error: 'restricted', detail: error.message };
  }
}

function render({ view, ok, ...rest }) {
  document.querySelector('main').dataset.view = view ?? (ok ? 'report' : 'trouble');
  if (view === 'checking') byId('status').textContent = t('checking');
  else if (ok) renderReport(rest);
  else renderTrouble(rest);
}

function renderReport({ report: { summary, findings, dropped }, cut, checked }) {
  const { level, score, headline } = summary;
  byId('report').dataset.level = level;
  byId('level').textContent = t(`level_${level}`);
  byId('score').textContent = t('score', score);
  byId('headline').textContent = headline;
  document.querySelector('.gauge .value').style.strokeDasharray = `${score} 100`;
  byId('counts').replaceChildren(...CATEGORIES.flatMap((category) => renderCount(category, findings)));
  byId('findings').replaceChildren(...findings.map(renderFinding));
  byId('status').textContent = [
    findings.length > 0 ? t('choose', findingsCounted(findings.length)) : t('nothingFound'),
    dropped > 0 && t('dropped', dropped),
    cut && t('cut', checked.toLocaleString()),
  ].filter(Boolean).join(' ');
}

function renderCount(category, findings) {
  const count = findings.filter((finding) => finding.category === category).length;
  if (count === 0) return [];
  const item = element('li', '', kindOf(category), ' ', element('b', '', count));
  item.dataset.category = category;
  return [item];
}

function renderFinding({ id, category, certainty, severity, quote }) {
  const about = element('span', 'about', kindOf(category), ` · ${t(`certainty_${certainty}`)} · ${t(`severity_${severity}`)}`);
  const button = element('button', '', about, element('span', 'quote', quote));
  button.type = 'button';
  button.addEventListener('click', () => reveal(id));
  return element('li', '', button);
}

/** A category's name, underlined as its findings are on the page. */
const kindOf = (category) => element('span', `kind caveat-${category}`, t(`category_${category}`));

async function reveal(id) {
  const { ok } = await askPage({ kind: 'reveal', id });
  byId('status').textContent = ok ? '' : t('gone');
}

function renderTrouble({ error, detail }) {
  byId('trouble').dataset.error = error;
  byId('trouble-title').textContent = t(`error_${error}_title`);
  byId('trouble-text').textContent = t(`error_${error}_text`);
  byId('trouble-detail').textContent = detail;
  byId('retry').hidden = error === 'restricted';
  byId('status').textContent = '';
}

function element(name, className, ...children) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children);
  return made;
}

localise(document);
byId('destination').textContent = t('destination', (await load()).server);
byId('retry').addEventListener('click', check);
await check();
