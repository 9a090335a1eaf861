/** What the reader has hidden on this page, with a way back. */
import { button, byId, element, isolated, renew } from '../lib/dom.js';
import { findingsCounted, t } from '../lib/i18n.js';
import { hiddenBy, showKind, showMark, unhide } from '../lib/settings.js';
import { markOf } from '../lib/words.js';

/** @typedef {import('../lib/frames.js').FramedFinding} FramedFinding */

/** @param {import('../lib/frames.js').Page} page @param {import('../lib/settings.js').Settings} settings */
export function showHidden({ findings }, settings) {
  const hidden = findings.filter((finding) => hiddenBy(finding, settings));
  byId('hidden').hidden = hidden.length === 0;
  byId('hidden-count').textContent = t('hiddenCount', findingsCounted(hidden.length));
  const together = Map.groupBy(hidden, (finding) => hiddenTogether(finding, settings));
  renew(byId('hidden-list'), [...together.values()].map((same) => item(same, settings)), byId('search'));
}

/** What one choice has hidden, one choice shows again. @param {FramedFinding} finding @param {import('../lib/settings.js').Settings} settings */
function hiddenTogether(finding, settings) {
  const by = hiddenBy(finding, settings);
  return by === 'this' ? finding.id : by === 'kind' ? finding.category : finding.mark;
}

/** @param {FramedFinding[]} findings @param {import('../lib/settings.js').Settings} settings */
function item(findings, settings) {
  const [first] = findings;
  const by = hiddenBy(first, settings);
  const restore = { this: () => unhide(first), kind: () => showKind(first.category, true), mark: () => showMark(first.mark, true) };
  return element('li', {},
    element('p', { class: 'small quiet' }, by === 'mark' ? markOf(first.mark) : t(`category_${first.category}`), ' · ', t(`hiddenBy_${by}`)),
    ...findings.map(({ quote }) => element('p', { class: 'quote', dir: 'auto' }, isolated(quote))),
    button(t(`restore_${by}`), by ? restore[by] : () => {}, { id: `restore-${first.id}` }));
}
