/**
 * The report for the reader to take along. The page's title and address come from the reader's own tab, and go into
 * the clipboard or a file only.
 *
 * @typedef {{title: string, address: string}} Place
 * @typedef {import('./report.js').Finding} Finding
 * @typedef {Pick<import('./frames.js').Page, 'summary'|'notice'> & {findings: Finding[]}} Export
 */
import { t } from './i18n.js';

/** @param {Export} page @param {Place} place @returns {string} */
export function toMarkdown({ summary, findings, notice }, { title, address }) {
  const { level, score, headline, reasons, missing } = summary;
  return [
    `# ${t('exportTitle', escaped(title))}`,
    ...(address ? [`<${address}>`] : []),
    `**${t(`level_${level}`)}** · ${t('score', score)}`,
    escaped(headline),
    ...section(t('reasons'), reasons.map(({ points, text }) => `- ${signed(points)}: ${escaped(text)}`)),
    ...section(t('missing'), missing.map(({ label, object, statement, fact }) =>
      `- **${escaped(t('missing_object', label, object))}.** ${escaped(statement)} ${sourceOf(fact)}`)),
    ...section(t('findings'), findings.map(findingLines)),
    '---',
    escaped(notice || t('disclaimer')),
  ].join('\n\n') + '\n';
}

/** @param {Export} page @param {Place} place @returns {string} */
export function toJson({ summary, findings, notice }, place) {
  const told = findings.map(({ mark, category, severity, certainty, cue, quote, title, message, facts }) =>
    ({ mark, category, severity, certainty, cue, quote, title, message, facts }));
  return JSON.stringify({ page: place, summary, findings: told, notice: notice || t('disclaimer') }, null, 2);
}

/** "+18", "−6", "0". @param {number} points */
export function signed(points) {
  return new Intl.NumberFormat('en', { signDisplay: 'exceptZero', maximumFractionDigits: 1 }).format(points).replace('-', '−');
}

/** @param {string} heading @param {string[]} items */
const section = (heading, items) => (items.length > 0 ? [`## ${heading}`, items.join('\n')] : []);

/** @param {Finding} finding */
function findingLines({ mark, category, certainty, cue, quote, title, message, facts }) {
  const certain = cue === null ? t(`certainty_${certainty}`) : t(`certainty_${certainty}_cue`, cue);
  return [
    `> ${escaped(quote)}`,
    '',
    `${t(`mark_${mark}`)} · ${t(`category_${category}`)} · ${escaped(certain)}`,
    '',
    `**${escaped(title)}.** ${escaped(message)}`,
    ...(facts.length > 0 ? [''] : []),
    ...facts.map((fact) => `- ${escaped(fact.statement)} ${sourceOf(fact)}`),
    '',
  ].join('\n');
}

/** @param {import('./report.js').Fact} fact */
function sourceOf({ severity, evidence, source, reproducedAt, url }) {
  const words = reproducedAt === null ? source : t('reproduced', source, reproducedAt);
  const weight = severity === 'unknown' ? '' : `${t(`factSeverity_${severity}`)} · `;
  return `(${weight}${t(`evidence_${evidence}`)} · [${escaped(words)}](<${new URL(url).href}>))`;
}

/**
 * On one line, and with nothing in it that Markdown or HTML would take for its own: some signs anywhere, others only
 * at the beginning.
 * @param {string} text
 */
function escaped(text) {
  return text.replace(/\s+/g, ' ').trim()
    .replace(/[\\`*_[\]<>~|&]/g, '\\$&')
    .replace(/^([#+=-]|\d+(?=[.)]))/, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`));
}
