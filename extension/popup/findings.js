/** The findings: a list of ways to their places on the page, by kind, with those that are hidden. */
import { button, byId, element, isolated, renew } from '../lib/dom.js';
import { findingsCounted, t } from '../lib/i18n.js';
import { CATEGORIES, countByCategory } from '../lib/report.js';
import { hiddenBy, showKind, showMark, unhide } from '../lib/settings.js';
import { kindOf, markOf } from '../lib/words.js';

/**
 * @typedef {import('../lib/frames.js').FramedFinding} FramedFinding
 * @typedef {{reveal: (finding: FramedFinding) => void, go: (by: 1|-1) => void}} Actions
 */

/**
 * @param {import('../lib/frames.js').Page} page
 * @param {import('../lib/settings.js').Settings} settings
 * @param {Actions} actions
 */
export function showFindings(page, settings, actions) {
  const shown = page.findings.filter((finding) => !hiddenBy(finding, settings));
  const hidden = page.findings.filter((finding) => hiddenBy(finding, settings));
  showKinds(page.findings, settings);
  showFilter(shown, actions);
  byId('tab-list').textContent = findingsCounted(shown.length);
  byId('hidden').hidden = hidden.length === 0;
  byId('hidden-count').textContent = t('hiddenCount', findingsCounted(hidden.length));
  const together = Map.groupBy(hidden, (finding) => hiddenTogether(finding, settings));
  renew(byId('hidden-list'), [...together.values()].map((findings) => hiddenItem(findings, settings)), byId('findings').querySelector('button') ?? byId('tab-list'));
}

/** What one choice has hidden, one choice shows again. @param {FramedFinding} finding @param {import('../lib/settings.js').Settings} settings */
function hiddenTogether(finding, settings) {
  const by = hiddenBy(finding, settings);
  return by === 'this' ? finding.id : by === 'kind' ? finding.category : finding.mark;
}

/** A switch for each kind that the page holds. @param {FramedFinding[]} findings @param {import('../lib/settings.js').Settings} settings */
function showKinds(findings, { categories }) {
  const counts = countByCategory(findings);
  const items = CATEGORIES.filter((category) => counts[category]).map((category) => {
    const input = element('input', { type: 'checkbox', role: 'switch', id: `kind-${category}` });
    input.checked = categories[category];
    input.addEventListener('change', () => showKind(category, input.checked));
    const label = element('label', { class: 'switch' }, input, kindOf(category), element('b', {}, String(counts[category])));
    return element('li', { 'data-category': category }, label);
  });
  renew(byId('counts'), items, byId('tab-list'));
}

/** @param {FramedFinding[]} findings @param {Actions} actions */
function showFilter(findings, { reveal, go }) {
  const filter = byId('filter');
  const counts = countByCategory(findings);
  const chosen = filter.value in counts ? filter.value : '';
  filter.replaceChildren(new Option(t('allKinds'), ''),
    ...CATEGORIES.filter((category) => counts[category]).map((category) => new Option(`${t(`category_${category}`)} (${counts[category]})`, category)));
  filter.value = chosen;
  filter.onchange = () => list();
  byId('bar').hidden = findings.length === 0;
  byId('next').onclick = () => go(1);
  byId('previous').onclick = () => go(-1);
  list();

  function list() {
    const items = findings.filter(({ category }) => !filter.value || category === filter.value);
    renew(byId('findings'), items.map((finding) => item(finding, () => reveal(finding))), byId('tab-list'));
    if (items.length > 0 && !byId('findings').querySelector('[tabindex="0"]')) byId('findings').querySelector('button').tabIndex = 0;
  }
}

/** @param {FramedFinding} finding @param {() => void} reveal */
function item({ id, category, certainty, mark, quote }, reveal) {
  const about = element('span', { class: 'about' }, markOf(mark), ' · ', kindOf(category), ` · ${t(`certainty_${certainty}`)}`);
  const jump = button('', reveal, { id: `finding-${id}`, tabindex: '-1' });
  jump.append(about, element('span', { class: 'quote', dir: 'auto' }, quote));
  return element('li', {}, jump);
}

/** @param {FramedFinding[]} findings @param {import('../lib/settings.js').Settings} settings */
function hiddenItem(findings, settings) {
  const [first] = findings;
  const by = hiddenBy(first, settings);
  const restore = { this: () => unhide(first), kind: () => showKind(first.category, true), mark: () => showMark(first.mark, true) };
  return element('li', {},
    element('p', { class: 'small quiet' }, by === 'mark' ? markOf(first.mark) : kindOf(first.category), ' · ', t(`hiddenBy_${by}`)),
    ...findings.map(({ quote }) => element('p', { class: 'quote', dir: 'auto' }, isolated(quote))),
    button(t(`restore_${by}`), by ? restore[by] : () => {}, { id: `restore-${first.id}` }));
}

/** One stop for Tab, however long the list; the arrow keys go through it. */
byId('findings').addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
  const buttons = [...byId('findings').querySelectorAll('button')];
  const here = buttons.indexOf(document.activeElement);
  const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (to === undefined || !buttons[to]) return;
  event.preventDefault();
  buttons[to].focus();
});
byId('findings').addEventListener('focusin', (/** @type {FocusEvent} */ event) => {
  for (const button of byId('findings').querySelectorAll('button[tabindex="0"]')) button.tabIndex = -1;
  /** @type {HTMLElement} */ (event.target).tabIndex = 0;
});
