/** What popup, panel and options say in several places, as elements. */
import { button, element, isolated } from './dom.js';
import { t } from './i18n.js';

/** What a finding asks of the reader, underlined as it is on the page. @param {import('./report.js').Mark} mark */
export const markOf = (mark) => element('span', { class: `mark caveat-${mark}` }, t(`mark_${mark}`));

/** A finding as the way to its place, for a list that `rove` goes through. @param {import('./frames.js').FramedFinding} finding @param {() => void} reveal */
export function wayTo({ id, category, certainty, mark, quote }, reveal) {
  const jump = button('', reveal, { id: `finding-${id}`, tabindex: '-1' });
  jump.append(
    element('span', { class: 'about' }, markOf(mark), ` · ${t(`category_${category}`)} · ${t(`certainty_${certainty}`)}`),
    element('span', { class: 'quote', dir: 'auto' }, quote));
  return element('li', {}, jump);
}

/** @param {import('./frames.js').Page['unread']} unread */
export const unreadLine = (unread) =>
  unread.length > 0 ? t('unread', unread.map(({ kind, count }) => t(`unread_${kind}`, count)).join(', ')) : '';

/** Where something stands, as a link that tells that page nothing of this one. @param {string} url @param {string} words */
export const linkTo = (url, words) => element('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, isolated(words));

/** How serious a fact is, how strong its support, and where it stands. @param {import('./report.js').Fact} fact */
export function sourceOf({ severity, evidence, source, reproducedAt, url }) {
  const words = reproducedAt === null ? source : t('reproduced', source, reproducedAt);
  return element('p', { class: 'small quiet' },
    ...(severity === 'unknown' ? [] : [element('span', { class: 'weighty', 'data-severity': severity }, t(`factSeverity_${severity}`)), ' · ']),
    `${t(`evidence_${evidence}`)} · `,
    linkTo(url, words));
}
