/**
 * Reads the server's report. Whatever listens on the port may have sent it, so every field that is
 * used is checked, and nothing else is kept.
 *
 * @typedef {'mechanism'|'dose'|'interaction'|'benefit'|'reassurance'|'caution'} Category
 * @typedef {'asserted'|'hedged'|'attributed'|'negated'} Certainty
 * @typedef {'note'|'caution'|'warning'} Severity
 * @typedef {'none'|'low'|'moderate'|'high'} Level
 *
 * @typedef {Object} Finding
 * @property {string} id
 * @property {Category} category
 * @property {Certainty} certainty
 * @property {Severity} severity
 * @property {number} start  UTF-16 offset into the text that was sent
 * @property {number} end    exclusive
 * @property {string} quote  the text from start to end
 * @property {string} title
 * @property {string} message
 * @property {string|null} cue  the word that told how certain the text is
 *
 * @typedef {Object} Summary
 * @property {Level} level
 * @property {number} score  0 to 100
 * @property {string} headline
 *
 * @typedef {Object} Report
 * @property {Finding[]} findings
 * @property {number} dropped  findings left out, because their quote is not what stands at their place
 * @property {Summary} summary
 * @property {number|null} truncatedAt  UTF-16 offset where the server stopped reading
 */

export const CATEGORIES = ['interaction', 'dose', 'mechanism', 'benefit', 'reassurance', 'caution'];
const CERTAINTIES = ['asserted', 'hedged', 'attributed', 'negated'];
const SEVERITIES = ['note', 'caution', 'warning'];
const LEVELS = ['none', 'low', 'moderate', 'high'];

/** More than any page of 200,000 characters can hold; keeps a runaway server from freezing the page. */
const MAX_FINDINGS = 5000;

export class BadReply extends Error {}

/**
 * @param {unknown} reply  the parsed JSON
 * @param {string} text    what was sent
 * @returns {Report}
 * @throws {BadReply}
 */
export function readReport(reply, text) {
  const { findings, summary, truncated_at: truncatedAt } = object(reply, 'report');
  const toUnits = unitOffsets(text);
  const read = array(findings, 'findings').slice(0, MAX_FINDINGS).map((finding) => readFinding(finding, toUnits));
  // A warning on the wrong words is worse than none.
  const kept = read.filter((finding) => text.slice(finding.start, finding.end) === finding.quote);
  return {
    findings: kept,
    dropped: findings.length - kept.length,
    summary: readSummary(summary),
    truncatedAt: truncatedAt === null ? null : offset(truncatedAt, toUnits, 'truncated_at'),
  };
}

/** @returns {Finding} */
function readFinding(value, toUnits) {
  const finding = object(value, 'finding');
  const start = offset(finding.start, toUnits, 'start');
  const end = offset(finding.end, toUnits, 'end');
  require(start < end, 'a finding is empty');
  return {
    id: string(finding.id, 'id'),
    category: oneOf(CATEGORIES, finding.category, 'category'),
    certainty: oneOf(CERTAINTIES, finding.certainty, 'certainty'),
    severity: oneOf(SEVERITIES, finding.severity, 'severity'),
    start,
    end,
    quote: string(finding.quote, 'quote'),
    title: string(finding.title, 'title'),
    message: string(finding.message, 'message'),
    cue: finding.cue === null ? null : string(object(finding.cue, 'cue').text, 'cue.text'),
  };
}

/** @returns {Summary} */
function readSummary(value) {
  const { level, score, headline } = object(value, 'summary');
  require(Number.isFinite(score) && score >= 0 && score <= 100, 'score is not from 0 to 100');
  return { level: oneOf(LEVELS, level, 'level'), score, headline: string(headline, 'headline') };
}

/**
 * Offsets on the wire count code points, JavaScript counts UTF-16 units.
 * @param {string} text
 * @returns {(codePoints: number) => number|undefined}  undefined beyond the end of the text
 */
function unitOffsets(text) {
  if (!/[\ud800-\udfff]/.test(text)) return (offset) => (offset <= text.length ? offset : undefined);
  const units = [];
  let unit = 0;
  for (const character of text) {
    units.push(unit);
    unit += character.length;
  }
  units.push(unit);
  return (offset) => units[offset];
}

function offset(value, toUnits, what) {
  require(Number.isInteger(value) && value >= 0, `${what} is not an offset`);
  const units = toUnits(value);
  require(units !== undefined, `${what} lies beyond the text`);
  return units;
}

function object(value, what) {
  require(typeof value === 'object' && value !== null, `${what} is not an object`);
  return value;
}

function array(value, what) {
  require(Array.isArray(value), `${what} is not a list`);
  return value;
}

function string(value, what) {
  require(typeof value === 'string', `${what} is not a string`);
  return value;
}

function oneOf(allowed, value, what) {
  require(allowed.includes(value), `${what} is none of ${allowed.join(', ')}`);
  return value;
}

function require(condition, complaint) {
  if (!condition) throw new BadReply(complaint);
}
