/** The findings of a page: by frame and by substance, the worst first; searched, narrowed and put in order. */
import { button, byId, element, isolated } from '../lib/dom.js';
import { findingsCounted, t } from '../lib/i18n.js';
import { worse } from '../lib/order.js';
import { CATEGORIES, CERTAINTIES, MARKS } from '../lib/contract.js';
import { rove, welcome } from '../lib/rove.js';
import { markOf, wayTo } from '../lib/words.js';

/** @typedef {import('../lib/frames.js').FramedFinding} FramedFinding */

const SHOWN = MARKS.filter((mark) => mark !== 'none');
/** Marks that the reader has switched off here. @type {Set<string>} */
const off = new Set();
/** @type {FramedFinding[]} */
let all = [];
/** @type {(finding: FramedFinding) => void} */
let reveal = () => {};

/** @param {FramedFinding[]} findings  those that are shown on the page @param {(finding: FramedFinding) => void} onReveal */
export function showList(findings, onReveal) {
  all = findings;
  reveal = onReveal;
  byId('marks').replaceChildren(...SHOWN.map((mark) => {
    const count = findings.filter((finding) => finding.mark === mark).length;
    const made = button('', () => toggle(mark), { id: `mark-${mark}`, 'aria-pressed': String(!off.has(mark)) });
    made.append(markOf(mark), ` ${count}`);
    return made;
  }));
  list();
}

/** @param {string} mark */
function toggle(mark) {
  if (!off.delete(mark)) off.add(mark);
  byId(`mark-${mark}`).ariaPressed = String(!off.has(mark));
  list();
}

function list() {
  const words = byId('search').value.trim().toLowerCase();
  const [category, certainty] = [byId('category').value, byId('certainty').value];
  const isByPlace = byId('order').value === 'place';
  const shown = all.filter((finding) => !off.has(finding.mark)
    && (!category || finding.category === category) && (!certainty || finding.certainty === certainty)
    && (!words || `${finding.quote} ${finding.substance} ${finding.title}`.toLowerCase().includes(words)));
  if (!isByPlace) shown.sort(worse);
  byId('counted').textContent = shown.length === all.length ? findingsCounted(all.length) : t('panel_some', shown.length, all.length);
  byId('nothing').hidden = shown.length > 0;
  const frames = Map.groupBy(shown, ({ frameId }) => frameId);
  const inOrder = [...frames].sort(([one], [other]) => one - other);
  byId('findings').replaceChildren(...inOrder.flatMap(([frameId, findings]) => [
    ...(frameId === 0 ? [] : [element('h2', {}, t('panel_frame', findingsCounted(findings.length)))]),
    ...(isByPlace ? [items(findings)] : bySubstance(findings)),
  ]));
  welcome(byId('findings'));
}

/** @param {FramedFinding[]} findings  the worst first */
function bySubstance(findings) {
  return [...Map.groupBy(findings, ({ substance }) => substance)].flatMap(([substance, own]) =>
    [element('h3', {}, substance === null ? t('panel_unknown') : isolated(substance)), items(own)]);
}

/** @param {FramedFinding[]} findings */
const items = (findings) => element('ol', {}, ...findings.map((finding) => wayTo(finding, () => reveal(finding))));

byId('category').replaceChildren(new Option(t('allKinds'), ''), ...CATEGORIES.map((category) => new Option(t(`category_${category}`), category)));
byId('certainty').replaceChildren(new Option(t('panel_anyCertainty'), ''), ...CERTAINTIES.toReversed().map((certainty) => new Option(t(`certainty_${certainty}`), certainty)));
byId('order').replaceChildren(new Option(t('panel_worst'), 'worst'), new Option(t('panel_place'), 'place'));
for (const id of ['category', 'certainty', 'order']) byId(id).addEventListener('change', list);
byId('search').addEventListener('input', list);
rove(byId('findings'));
