/** A report of something wrong: shown before anything is done with it, and taken along by the reader alone. */
import { api } from '../lib/api.js';
import { byId, element } from '../lib/dom.js';
import { localise, t } from '../lib/i18n.js';
import { takeWrong, toText } from '../lib/wrong.js';

const EXPECTED = ['no_claim', 'other_kind', 'other_substance', 'turned_round', 'other_source'];

const report = await takeWrong();

/** @param {string} expected */
function show(expected) {
  const text = report ? toText(report, t(`wrong_${expected}`)) : t('wrong_gone');
  byId('report').textContent = text;
  byId('copy').disabled = !report;
  // Whoever publishes the extension names the home of its tracker in the manifest.
  const home = URL.parse(api.runtime.getManifest().homepage_url ?? '');
  byId('tracker').hidden = !report || home?.protocol !== 'https:';
  if (!report || home?.protocol !== 'https:') return;
  const address = new URL(`${home.pathname.replace(/\/$/, '')}/issues/new`, home);
  address.search = String(new URLSearchParams({ title: `${t('wrong_title')}: ${report.rule}`, body: `\`\`\`yaml\n${text}\`\`\`\n` }));
  byId('tracker').href = address.href;
}

localise(document);
document.title = t('wrong_title');
byId('expected').replaceChildren(...EXPECTED.map((expected, index) => {
  const input = element('input', { type: 'radio', name: 'expected', id: expected });
  input.checked = index === 0;
  input.addEventListener('change', () => show(expected));
  return element('li', {}, element('label', { class: 'row' }, input, t(`wrong_${expected}`)));
}));
byId('copy').addEventListener('click', async () => {
  const copied = await navigator.clipboard.writeText(byId('report').textContent).then(() => true, () => false);
  byId('status').textContent = t(copied ? 'copied' : 'notCopied');
});
show(EXPECTED[0]);
