import {
  CATEGORIES, CERTAINTIES, EVIDENCE, FACT_KINDS, FACT_SEVERITIES, LEVELS, MARKS, SEVERITIES, STANCES, TIERS,
} from './contract.js';

/**
 * Reads the server's report. Whatever listens on the port may have sent it, so every field that is
 * used is checked, and nothing else is kept.
 *
 * @typedef {typeof CATEGORIES[number]} Category
 * @typedef {typeof CERTAINTIES[number]} Certainty
 * @typedef {typeof STANCES[number]} Stance  what the text does with the claim
 * @typedef {typeof SEVERITIES[number]} Severity
 * @typedef {typeof MARKS[number]} Mark  what it asks of the reader
 * @typedef {typeof LEVELS[number]} Level
 *
 * @typedef {Object} Fact  what a source says about a substance
 * @property {string} substance
 * @property {typeof FACT_KINDS[number]} kind
 * @property {string} statement
 * @property {string|null} object  what the substance is told not to be combined with, or to act upon
 * @property {typeof FACT_SEVERITIES[number]} severity
 * @property {typeof EVIDENCE[number]} evidence  how strong the support is
 * @property {string} source
 * @property {typeof TIERS[number]} tier
 * @property {string|null} reproducedAt  the host that holds a copy, where the source itself could not be reached
 * @property {string} url  always https
 *
 * @typedef {{text: string, source: string, url: string}} Limit  always https
 *
 * @typedef {Object} Finding
 * @property {string} id
 * @property {string} rule         the id of the rule that found it; empty when the server does not say
 * @property {string|null} substance  what it is about, as readers call it, where that is sure
 * @property {Category} category
 * @property {Certainty} certainty
 * @property {Stance|null} stance  null when the server is too old to tell
 * @property {Severity} severity
 * @property {Mark} mark
 * @property {number} start  UTF-16 offset into the text that was sent
 * @property {number} end    exclusive
 * @property {string} quote  the text from start to end
 * @property {string} title
 * @property {string} message
 * @property {string|null} cue  the word that told how certain the text is
 * @property {string|null} speaker  who is told to say it, where the text names somebody
 * @property {Fact[]} facts  the most serious first
 * @property {Limit|null} overLimit  what an authority calls safe, where a dose is more than that
 *
 * @typedef {{points: number, text: string, findings: string[]}} Reason  points may be negative, and add up to the score; `findings` are the ids of what they are for
 * @typedef {{label: string, object: string, severity: Fact['severity'], statement: string, fact: Fact}} Missing  of `object` it never warns
 *
 * @typedef {Object} Summary
 * @property {Level} level
 * @property {number} score  0 to 100
 * @property {string} headline
 * @property {Partial<Record<Category, number>>} counts
 * @property {Reason[]} reasons
 * @property {Missing[]} missing  warnings that the page leaves out
 *
 * @typedef {Object} Report
 * @property {Finding[]} findings
 * @property {number} folded  findings in closed parts of the page, which cannot be shown there
 * @property {number} dropped  findings left out, because their quote is not what stands at their place
 * @property {Summary} summary
 * @property {string} notice  what Caveat is not; empty when the server says nothing
 * @property {{server: string, rules: string}} engine  the version of the server, and what names its rules exactly
 * @property {number|null} truncatedAt  UTF-16 offset where the server stopped reading
 */


// More than any honest report holds; they keep a runaway server from freezing the page.
const MAX_FINDINGS = 10_000;
const MAX_FACTS = 5_000;
const MAX_FACTS_A_FINDING = 3;
const MAX_LINES = 100; // reasons, and missing warnings
const MAX_QUOTE = 2_000;
const MAX_URL = 2_000;
const MAX_TEXT = 1_000;
const MAX_NAME = 200;

export class BadReply extends Error {}

/**
 * @param {unknown} reply  the parsed JSON
 * @param {string} text    what was sent
 * @param {number} [seen]  how much of it the reader sees; behind it come the closed parts
 * @returns {Report}
 * @throws {BadReply}
 */
export function readReport(reply, text, seen = text.length) {
  const { findings, summary, facts, notice, engine, truncated_at: truncatedAt } = object(reply, 'report');
  const toUnits = unitOffsets(text);
  const known = readFacts(facts ?? {});
  const labels = readLabels(object(summary, 'summary').substances ?? []);
  const read = array(findings, 'findings', MAX_FINDINGS).map((finding) => readFinding(finding, toUnits, known, labels));
  // A warning on the wrong words is worse than none.
  const kept = read.filter(({ start, end, quote }) => end - start <= MAX_QUOTE && text.slice(start, end) === quote);
  const shown = kept.filter(({ start }) => start < seen);
  return {
    findings: shown,
    folded: kept.length - shown.length,
    dropped: findings.length - kept.length,
    summary: { ...readSummary(summary, known), counts: countByCategory(shown) },
    notice: string(notice ?? '', 'notice'),
    engine: readEngine(engine ?? {}),
    truncatedAt: truncatedAt === null ? null : offset(truncatedAt, toUnits, 'truncated_at'),
  };
}

/** @param {unknown} value @returns {Report['engine']} */
function readEngine(value) {
  const { version, rules } = object(value, 'engine');
  return { server: string(version ?? '', 'version', MAX_NAME), rules: string(rules ?? '', 'rules', MAX_NAME) };
}

/** What readers call each substance, by its canonical name. @param {unknown} value @returns {Map<unknown, string>} */
function readLabels(value) {
  return new Map(array(value, 'substances', MAX_FACTS).map((mention) => {
    const { name, label } = object(mention, 'substance');
    return [string(name, 'name', MAX_NAME), string(label, 'label', MAX_NAME)];
  }));
}

/** @param {readonly {category: Category}[]} findings @returns {Summary['counts']} */
export function countByCategory(findings) {
  /** @type {Summary['counts']} */
  const counts = {};
  for (const { category } of findings) counts[category] = (counts[category] ?? 0) + 1;
  return counts;
}

/**
 * A fact without an address that a reader can safely open is no fact to show.
 * @param {unknown} value
 * @returns {Map<string, Fact>}
 */
function readFacts(value) {
  const entries = Object.entries(object(value, 'facts')).slice(0, MAX_FACTS);
  return new Map(entries.map(([id, fact]) => /** @type {const} */ ([id, readFact(fact)])).filter(([, { url }]) => canBeOpened(url)));
}

/** @param {unknown} value @returns {Fact} */
function readFact(value) {
  const fact = object(value, 'fact');
  return {
    substance: string(fact.substance, 'substance', MAX_NAME),
    kind: oneOf(FACT_KINDS, fact.kind, 'kind'),
    statement: string(fact.statement, 'statement'),
    object: nullable(fact.object, 'object'),
    severity: oneOf(FACT_SEVERITIES, fact.severity, 'severity'),
    evidence: oneOf(EVIDENCE, fact.evidence, 'evidence'),
    source: string(fact.source, 'source'),
    tier: oneOf(TIERS, fact.tier, 'tier'),
    reproducedAt: nullable(fact.reproduced_at, 'reproduced_at'),
    url: string(fact.url, 'url', Infinity),
  };
}

/** @param {string} url */
function canBeOpened(url) {
  const parsed = URL.parse(url);
  // What stands before the host would pass for it: https://fda.gov@evil.example
  return url.length <= MAX_URL && parsed?.protocol === 'https:' && parsed.username === '' && parsed.password === '';
}

/**
 * @param {unknown} value
 * @param {ToUnits} toUnits
 * @param {Map<string, Fact>} known
 * @param {Map<unknown, string>} labels
 * @returns {Finding}
 */
function readFinding(value, toUnits, known, labels) {
  const finding = object(value, 'finding');
  const start = offset(finding.start, toUnits, 'start');
  const end = offset(finding.end, toUnits, 'end');
  require(start < end, 'a finding is empty');
  return {
    id: string(finding.id, 'id', MAX_NAME),
    rule: string(finding.rule ?? '', 'rule', MAX_NAME),
    substance: labels.get(finding.slots?.substance?.name) ?? null,
    category: oneOf(CATEGORIES, finding.category, 'category'),
    certainty: oneOf(CERTAINTIES, finding.certainty, 'certainty'),
    stance: finding.stance === undefined ? null : oneOf(STANCES, finding.stance, 'stance'),
    severity: oneOf(SEVERITIES, finding.severity, 'severity'),
    mark: finding.mark === undefined ? 'know' : oneOf(MARKS, finding.mark, 'mark'), // of an older server
    start,
    end,
    quote: string(finding.quote, 'quote', Infinity),
    title: string(finding.title, 'title', MAX_NAME),
    message: string(finding.message, 'message'),
    cue: finding.cue === null ? null : string(object(finding.cue, 'cue').text, 'cue.text', MAX_NAME),
    speaker: nullable(finding.slots?.speaker?.text ?? null, 'speaker'),
    facts: array(finding.facts ?? [], 'facts', MAX_FACTS_A_FINDING).flatMap((id) => known.get(id) ?? []),
    overLimit: readLimit(finding.over_limit ?? null),
  };
}

/** @param {unknown} value @returns {Limit|null} */
function readLimit(value) {
  if (value === null) return null;
  const { text, source, url } = object(value, 'over_limit');
  const limit = { text: string(text, 'text'), source: string(source, 'source'), url: string(url, 'url', Infinity) };
  return canBeOpened(limit.url) ? limit : null;
}

/** @param {unknown} value @param {Map<string, Fact>} known @returns {Omit<Summary, 'counts'>} */
function readSummary(value, known) {
  const { level, score, headline, reasons, missing } = object(value, 'summary');
  require(score >= 0, 'score is below 0');
  return {
    level: oneOf(LEVELS, level, 'level'),
    score: number(score, 'score', 100),
    headline: string(headline, 'headline'),
    reasons: array(reasons ?? [], 'reasons', MAX_LINES).map(readReason),
    missing: array(missing ?? [], 'missing', MAX_LINES).flatMap((warning) => readMissing(warning, known) ?? []),
  };
}

/** @param {unknown} value @returns {Reason} */
function readReason(value) {
  const { points, text, findings } = object(value, 'reason');
  return {
    points: number(points, 'points', 1_000),
    text: string(text, 'text'),
    findings: array(findings ?? [], 'findings', MAX_FINDINGS).map((id) => string(id, 'id', MAX_NAME)),
  };
}

/** @param {unknown} value @param {Map<string, Fact>} known @returns {Missing|null}  null without a fact to prove it */
function readMissing(value, known) {
  const { label, object: what, severity, statement, fact: id } = object(value, 'missing warning');
  const fact = known.get(id);
  const warning = {
    label: string(label, 'label', MAX_NAME),
    object: string(what, 'object', MAX_NAME),
    severity: oneOf(FACT_SEVERITIES, severity, 'severity'),
    statement: string(statement, 'statement'),
  };
  return fact ? { ...warning, fact } : null;
}

/**
 * Offsets on the wire count code points, JavaScript counts UTF-16 units.
 * @typedef {(codePoints: number) => number|undefined} ToUnits  undefined beyond the end of the text
 * @param {string} text
 * @returns {ToUnits}
 */
function unitOffsets(text) {
  if (!/[\ud800-\udfff]/.test(text)) return (offset) => (offset <= text.length ? offset : undefined);
  /** @type {number[]} */
  const units = [];
  let unit = 0;
  for (const character of text) {
    units.push(unit);
    unit += character.length;
  }
  units.push(unit);
  return (offset) => units[offset];
}

/** @param {unknown} value @param {ToUnits} toUnits @param {string} what */
function offset(value, toUnits, what) {
  require(Number.isInteger(value) && Number(value) >= 0, `${what} is not an offset`);
  const units = toUnits(Number(value));
  require(units !== undefined, `${what} lies beyond the text`);
  return units;
}

/** @param {unknown} value @param {string} what @returns {any} */
function object(value, what) {
  require(typeof value === 'object' && value !== null && !Array.isArray(value), `${what} is not an object`);
  return value;
}

/** @param {unknown} value @param {string} what @param {number} most @returns {any[]} */
function array(value, what, most) {
  require(Array.isArray(value), `${what} is not a list`);
  return value.slice(0, most);
}

/** @param {unknown} value @param {string} what @param {number} [most] */
function string(value, what, most = MAX_TEXT) {
  require(typeof value === 'string', `${what} is not a string`);
  return value.length > most ? `${value.slice(0, most).toWellFormed()}…` : value;
}

/** @param {unknown} value @param {string} what */
function nullable(value, what) {
  return value === null ? null : string(value, what, MAX_NAME);
}

/** @param {unknown} value @param {string} what @param {number} most  either way */
function number(value, what, most) {
  require(Number.isFinite(value) && Math.abs(Number(value)) <= most, `${what} is no number up to ${most}`);
  return Number(value);
}

/** @template {string} T @param {readonly T[]} allowed @param {unknown} value @param {string} what @returns {T} */
function oneOf(allowed, value, what) {
  require(allowed.includes(/** @type {any} */ (value)), `${what} is none of ${allowed.join(', ')}`);
  return /** @type {T} */ (value);
}

/** @param {unknown} condition @param {string} complaint @returns {asserts condition} */
function require(condition, complaint) {
  if (!condition) throw new BadReply(complaint);
}
