/** How risky the page is, why, what it leaves out, and what could not be read. */
import { api } from '../lib/api.js';
import { button, byId, element, isolated, renew } from '../lib/dom.js';
import { signed } from '../lib/export.js';
import { t } from '../lib/i18n.js';
import { CATEGORIES, CERTAINTIES, FACT_SEVERITIES, LEVELS, SEVERITIES } from '../lib/contract.js';
import { linkTo, sourceOf, unreadLine } from '../lib/words.js';

/**
 * @param {import('../lib/frames.js').Page} page
 * @param {{lead: (findings: string[]) => void, readFrames: (origin: string) => void}} actions  lead: to the words that a reason rests on
 */
export function showVerdict({ summary: { level, score, headline, reasons, missing }, findings, notice, dropped, cut, checked, scored, unmarked, folded, unread, origins }, { lead, readFrames }) {
  byId('report').dataset.level = level;
  byId('level').textContent = t(`level_${level}`);
  byId('score').textContent = t('score', score);
  byId('headline').replaceChildren(isolated(headline));

  const notes = [scored > 1 && t('riskiest', scored), dropped > 0 && t('dropped', dropped), cut && t('cut', checked.toLocaleString()),
    folded > 0 && t('folded', folded), unmarked > 0 && t('unmarked', unmarked)];
  byId('notes').textContent = notes.filter(Boolean).join(' ');
  byId('unread').textContent = unreadLine(unread);
  renew(byId('frames'), origins.map((origin) => button(t('read_frames', new URL(origin).host), () => readFrames(origin))), byId('search'));

  const over = findings.filter(({ overLimit }) => overLimit);
  byId('limits').hidden = over.length === 0;
  byId('limits-list').replaceChildren(...over.map(({ id, quote, overLimit }) => limitOf(/** @type {import('../lib/report.js').Limit} */ (overLimit), quote, () => lead([id]))));

  byId('missing').hidden = missing.length === 0;
  byId('missing-list').replaceChildren(...missing.map(({ label, object, severity, statement, fact }) =>
    element('li', { 'data-severity': severity },
      element('h3', {}, isolated(t('missing_object', label, object))), element('p', {}, isolated(statement)), sourceOf(fact))));

  byId('why').hidden = reasons.length === 0;
  byId('reasons').replaceChildren(...reasons.map(({ points, text, findings }) => {
    const words = isolated(text);
    if (findings.length === 0) return row(words, signed(points));
    const way = button('', () => lead(findings), { class: 'link' });
    way.append(words);
    return row(way, signed(points));
  }));
  byId('total').textContent = String(score);
  byId('formula').ontoggle = () => byId('formula').open && showFormula();
  if (notice) byId('notice').replaceChildren(isolated(notice));
}

/** @param {import('../lib/report.js').Limit} limit @param {string} quote @param {() => void} reveal */
function limitOf({ text, source, url }, quote, reveal) {
  return element('li', {},
    button(quote, reveal, { class: 'link', dir: 'auto' }),
    element('p', {}, isolated(text)),
    element('p', { class: 'small quiet' }, linkTo(url, source)));
}

/** @param {Node|string} name @param {...string} cells */
const row = (name, ...cells) =>
  element('tr', {}, element('th', { scope: 'row' }, name), ...cells.map((cell) => element('td', {}, cell)));

/** The numbers come from the server, so that they are those in force. */
async function showFormula() {
  const { ok, risk, error } = await api.runtime.sendMessage({ kind: 'formula' });
  byId('formula-text').replaceChildren(...(ok ? formula(risk) : [element('p', {}, t('formula_unknown', t(`error_${error}_title`)))]));
}

/** @param {import('../lib/formula.js').Formula} risk @returns {Node[]} */
function formula({ points, certainty, repeats, missing, relief, levels }) {
  const head = element('tr', {}, element('td', {}), ...SEVERITIES.map((severity) => element('th', { scope: 'col' }, t(`severity_${severity}`))));
  const weights = CATEGORIES.filter((category) => points[category]).map((category) =>
    row(t(`category_${category}`), ...SEVERITIES.map((severity) => (severity in points[category] ? signed(points[category][severity]) : ''))));
  const line = (/** @type {string} */ key, /** @type {any} */ numbers, /** @type {readonly string[]} */ names, /** @type {string} */ prefix, sign = '') =>
    numbers ? [t(key, names.filter((name) => Number.isFinite(numbers[name])).map((name) => `${t(prefix + name)} ${sign}${numbers[name]}`).join(', '))] : [];
  const { share, most } = /** @type {any} */ (relief ?? {});
  const lines = [
    ...line('formula_certainty', certainty, CERTAINTIES.toReversed(), 'certainty_', '×'),
    ...(Number.isFinite(repeats) ? [t('formula_repeats', String(repeats))] : []),
    ...line('formula_missing', /** @type {any} */ (missing)?.points, FACT_SEVERITIES.slice(0, 3), 'factSeverity_'),
    ...(Number.isFinite(share) && Number.isFinite(most) ? [t('formula_relief', most, `${Math.round(share * 100)} %`)] : []),
    ...line('formula_levels', levels, LEVELS.slice(1), 'level_'),
  ];
  return [
    element('p', {}, t('formula_points')),
    element('table', {}, element('thead', {}, head), element('tbody', {}, ...weights)),
    ...lines.map((words) => element('p', {}, words)),
  ];
}
