/**
 * The report for the reader to take along. The page's title and address come from the reader's own tab, and go into
 * the clipboard or a file only.
 *
 * @typedef {{title: string, address: string}} Place
 * @typedef {import('./report.js').Finding} Finding
 * @typedef {Pick<import('./frames.js').Page, 'summary'|'notice'> & {findings: Finding[]}} Export
 *
 * @typedef {Object} Form  how a document says things
 * @property {(text: string) => string} words    so that they stay what they are
 * @property {(text: string) => string} title
 * @property {(text: string) => string} heading
 * @property {(text: string) => string} strong
 * @property {(text: string) => string} item
 * @property {(text: string) => string} quote
 * @property {(address: string) => string} address
 * @property {(text: string, url: string) => string} link
 */
import { element } from './dom.js';
import { t } from './i18n.js';

/** @type {Form} */
const MARKDOWN = {
  words: escaped,
  title: (text) => `# ${text}`,
  heading: (text) => `## ${text}`,
  strong: (text) => `**${text}**`,
  item: (text) => `- ${text}`,
  quote: (text) => `> ${text}`,
  address: (address) => `<${address}>`,
  link: (text, url) => `[${text}](<${url}>)`,
};

/** @type {Form} */
const TEXT = {
  words: (text) => text.replace(/\s+/g, ' ').trim(),
  title: (text) => text,
  heading: (text) => text.toUpperCase(),
  strong: (text) => text,
  item: (text) => `- ${text}`,
  quote: (text) => `“${text}”`,
  address: (address) => address,
  link: (text, url) => `${text}: ${url}`,
};

/** @param {Export} page @param {Place} place @returns {string} */
export const toMarkdown = (page, place) => written(page, place, MARKDOWN);

/** For a letter or a chat. @param {Export} page @param {Place} place @returns {string} */
export const toText = (page, place) => written(page, place, TEXT);

/** @param {Export} page @param {Place} place @param {Form} form */
function written({ summary, findings, notice }, { title, address }, form) {
  const { level, score, headline, reasons, missing } = summary;
  const { words } = form;
  /** @param {string} heading @param {string[]} items */
  const section = (heading, items) => (items.length > 0 ? [form.heading(heading), items.join('\n')] : []);
  return [
    form.title(t('exportTitle', words(title))),
    ...(address ? [form.address(address)] : []),
    `${form.strong(t(`level_${level}`))} · ${t('score', score)}`,
    words(headline),
    ...section(t('reasons'), reasons.map(({ points, text }) => form.item(`${signed(points)}: ${words(text)}`))),
    ...section(t('missing'), missing.map(({ label, object, statement, fact }) =>
      form.item(`${form.strong(`${words(t('missing_object', label, object))}.`)} ${words(statement)} ${sourceOf(fact, form)}`))),
    ...section(t('findings'), findings.map((finding) => findingLines(finding, form))),
    '---',
    words(notice || t('disclaimer')),
  ].join('\n\n') + '\n';
}

/** @param {Finding} finding @param {Form} form */
function findingLines(finding, form) {
  const { quote, title, message, facts, overLimit } = finding;
  const { words } = form;
  return [
    form.quote(words(quote)),
    '',
    words(about(finding)),
    '',
    `${form.strong(`${words(title)}.`)} ${words(message)}`,
    ...(facts.length > 0 || overLimit ? [''] : []),
    ...(overLimit ? [form.item(`${words(overLimit.text)} (${form.link(words(overLimit.source), new URL(overLimit.url).href)})`)] : []),
    ...facts.map((fact) => form.item(`${words(fact.statement)} ${sourceOf(fact, form)}`)),
    '',
  ].join('\n');
}

/** @param {Finding} finding */
function about({ mark, category, certainty, cue, speaker }) {
  const told = cue === null ? t(`certainty_${certainty}`) : t(`certainty_${certainty}_cue`, cue);
  const certain = speaker === null ? told : t('certainty_speaker', speaker);
  return `${t(`mark_${mark}`)} · ${t(`category_${category}`)} · ${certain}`;
}

/** @param {import('./report.js').Fact} fact @param {Form} form */
const sourceOf = (fact, form) => `(${weightOf(fact)}${form.link(form.words(whereOf(fact)), new URL(fact.url).href)})`;

/** @param {import('./report.js').Fact} fact */
const weightOf = ({ severity, evidence }) =>
  `${severity === 'unknown' ? '' : `${t(`factSeverity_${severity}`)} · `}${t(`evidence_${evidence}`)} · `;

/** @param {import('./report.js').Fact} fact */
const whereOf = ({ source, reproducedAt }) => (reproducedAt === null ? source : t('reproduced', source, reproducedAt));

/** @param {Export} page @param {Place} place @returns {string} */
export function toJson({ summary, findings, notice }, place) {
  const told = findings.map(({ mark, category, severity, certainty, cue, speaker, quote, title, message, facts, overLimit }) =>
    ({ mark, category, severity, certainty, cue, speaker, quote, title, message, facts, overLimit }));
  const { reasons, ...rest } = summary;
  const why = reasons.map(({ points, text }) => ({ points, text }));
  return JSON.stringify({ page: place, summary: { ...rest, reasons: why }, findings: told, notice: notice || t('disclaimer') }, null, 2);
}

const REPORT_STYLE = `
  :root { color-scheme: light dark; } body { max-width: 42em; margin: 2em auto; padding: 0 1em; font: 16px/1.5 system-ui, sans-serif; }
  blockquote { margin: 1.5em 0 0.3em; padding-left: 0.8em; border-left: 3px solid; } .about { font-size: 0.85em; opacity: 0.8; }
  td:first-child { padding-right: 1em; text-align: right; }
`;

/** A page that stands alone: it loads nothing, and nothing in it runs. @param {Export} page @param {Place} place @returns {string} */
export function toHtml({ summary, findings, notice }, { title, address }) {
  const { level, score, headline, reasons, missing } = summary;
  /** @param {import('./report.js').Fact} fact @param {...(Node|string)} words */
  const source = (fact, ...words) => element('li', {}, ...words, ` (${weightOf(fact)}`, linkTo(fact.url, whereOf(fact)), ')');
  /** @param {Finding} finding */
  const limitItems = ({ overLimit }) =>
    (overLimit ? [element('li', {}, `${overLimit.text} (`, linkTo(overLimit.url, overLimit.source), ')')] : []);
  /** @param {string} heading @param {Node[]} items */
  const section = (heading, items) => (items.length > 0 ? [element('h2', {}, heading), ...items] : []);
  const heading = t('exportTitle', title);
  const head = element('head', {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: 'default-src \'none\'; style-src \'unsafe-inline\'' }),
    element('meta', { name: 'viewport', content: 'width=device-width' }),
    element('title', {}, heading), element('style', {}, REPORT_STYLE));
  const body = element('body', {},
    element('h1', {}, heading),
    ...(/^https?:/.test(address) ? [element('p', {}, linkTo(address, address))] : []),
    element('p', {}, element('strong', {}, t(`level_${level}`)), ` · ${t('score', score)}`),
    element('p', {}, headline),
    ...section(t('reasons'), reasons.length === 0 ? [] : [element('table', {}, ...reasons.map(({ points, text }) =>
      element('tr', {}, element('td', {}, signed(points)), element('td', {}, text))))]),
    ...section(t('missing'), missing.length === 0 ? [] : [element('ul', {}, ...missing.map(({ label, object, statement, fact }) =>
      source(fact, element('strong', {}, `${t('missing_object', label, object)}.`), ` ${statement}`)))]),
    ...section(t('findings'), findings.flatMap((finding) => [
      element('blockquote', { dir: 'auto' }, finding.quote),
      element('p', { class: 'about' }, about(finding)),
      element('p', {}, element('strong', {}, `${finding.title}.`), ` ${finding.message}`),
      element('ul', {}, ...limitItems(finding), ...finding.facts.map((fact) => source(fact, fact.statement)))])),
    element('hr', {}),
    element('p', {}, notice || t('disclaimer')));
  return `<!doctype html>\n${element('html', { lang: t('language'), dir: t('direction') }, head, body).outerHTML}\n`;
}

/** @param {string} url @param {string} words */
const linkTo = (url, words) => element('a', { href: new URL(url).href, rel: 'noopener noreferrer' }, words);

/** "+18", "−6", "0". @param {number} points */
export function signed(points) {
  return new Intl.NumberFormat('en', { signDisplay: 'exceptZero', maximumFractionDigits: 1 }).format(points).replace('-', '−');
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
