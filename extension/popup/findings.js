/** The findings: a list of ways to their places on the page, by kind, with those that are hidden. */
import { button, byId, element, isolated, renew, switchInput } from '../lib/dom.js';
import { findingsCounted, t } from '../lib/i18n.js';
import { CATEGORIES, countByCategory } from '../lib/report.js';
import { rove, welcome } from '../lib/rove.js';
import { hiddenBy, showKind, showMark, unhide, visible } from '../lib/settings.js';
import { markOf, wayTo } from '../lib/words.js';

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
  const shown = visible(page, settings);
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
    const input = switchInput(`kind-${category}`, categories[category], (on) => showKind(category, on));
    const label = element('label', { class: 'switch' }, input, t(`category_${category}`), element('b', {}, String(counts[category])));
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
    renew(byId('findings'), items.map((finding) => wayTo(finding, () => reveal(finding))), byId('tab-list'));
    welcome(byId('findings'));
  }
}

/** @param {FramedFinding[]} findings @param {import('../lib/settings.js').Settings} settings */
function hiddenItem(findings, settings) {
  const [first] = findings;
  const by = hiddenBy(first, settings);
  const restore = { this: () => unhide(first), kind: () => showKind(first.category, true), mark: () => showMark(first.mark, true) };
  return element('li', {},
    element('p', { class: 'small quiet' }, by === 'mark' ? markOf(first.mark) : t(`category_${first.category}`), ' · ', t(`hiddenBy_${by}`)),
    ...findings.map(({ quote }) => element('p', { class: 'quote', dir: 'auto' }, isolated(quote))),
    button(t(`restore_${by}`), by ? restore[by] : () => {}, { id: `restore-${first.id}` }));
}

rove(byId('findings'));
