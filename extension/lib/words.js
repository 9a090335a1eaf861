/** What popup and options say in several places, as elements. */
import { element, isolated } from './dom.js';
import { t } from './i18n.js';

/** A category's name. @param {import('./report.js').Category} category */
export const kindOf = (category) => element('span', { class: 'kind' }, t(`category_${category}`));

/** What a finding asks of the reader, underlined as it is on the page. @param {import('./report.js').Mark} mark */
export const markOf = (mark) => element('span', { class: `mark caveat-${mark}` }, t(`mark_${mark}`));

/** How serious a fact is, how strong its support, and where it stands. @param {import('./report.js').Fact} fact */
export function sourceOf({ severity, evidence, source, reproducedAt, url }) {
  const words = reproducedAt === null ? source : t('reproduced', source, reproducedAt);
  return element('p', { class: 'small quiet' },
    ...(severity === 'unknown' ? [] : [element('span', { class: 'weighty', 'data-severity': severity }, t(`factSeverity_${severity}`)), ' · ']),
    `${t(`evidence_${evidence}`)} · `,
    element('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, isolated(words)));
}
