/**
 * A page may have several frames, each with content scripts and a report of its own. The reader sees one.
 *
 * @typedef {'frames'|'drawings'|'documents'|'closed'} UnreadKind
 * @typedef {Object} State  what a frame's content script answers
 * @property {boolean} ok
 * @property {'idle'|'checking'|'report'|'trouble'} view
 * @property {import('./report.js').Report} [report]
 * @property {boolean} [isOld]      the page says something else since
 * @property {boolean} [cut]        the text was longer than what was read
 * @property {Record<UnreadKind, number>} [unread]  what could not be read, by kind
 * @property {string[]} [origins]     of the frames among that
 * @property {number} [checked]     how much of it was read
 * @property {string} [error]
 * @property {string} [detail]
 *
 * @typedef {import('./report.js').Finding & {frameId: number, ownId: string}} FramedFinding  `ownId` is its id in its frame
 * @typedef {Object} Page
 * @property {FramedFinding[]} findings  those that are marked, in the order of the frames
 * @property {number} unmarked      how many are not: what the page denies, and the disclaimer of the law
 * @property {import('./report.js').Summary} summary  of the riskiest frame, with what all of them leave out
 * @property {string} notice
 * @property {number} dropped
 * @property {number} folded        findings in closed parts of the page
 * @property {boolean} cut
 * @property {number} checked
 * @property {{kind: UnreadKind, count: number}[]} unread
 * @property {string[]} origins     of frames that could be read if the reader let the extension in
 * @property {number} scored        how many frames have findings; the score is that of one of them
 */

const UNREAD = /** @type {const} */ (['frames', 'drawings', 'documents', 'closed']);

/**
 * @param {{frameId: number, state: State}[]} frames  the page itself first
 * @returns {{ok: true, page: Page} | {ok: false, error: string, detail: string}}
 */
export function merge(frames) {
  const read = frames.flatMap(({ frameId, state }) => (state.ok && state.report ? [{ ...state, frameId, report: state.report }] : []));
  const { view, error, detail = '' } = frames[0]?.state ?? {};
  // A frame says nothing of the page around it; but a page may be no more than its frames.
  if (read.length === 0 || (view === 'trouble' && error !== 'empty')) return { ok: false, error: error || 'failed', detail };
  const unread = unreadIn(frames);
  const reports = read.map(({ report }) => report);
  const { frameId: worstFrame, report: riskiest } = read.reduce((worst, other) => (other.report.summary.score > worst.report.summary.score ? other : worst));
  return {
    ok: true,
    page: {
      findings: read.flatMap(({ frameId, report }) =>
        report.findings.filter(isMarked).map((finding) => ({ ...finding, id: idIn(frameId, finding.id), ownId: finding.id, frameId }))),
      summary: {
        ...riskiest.summary,
        reasons: riskiest.summary.reasons.map((reason) => ({ ...reason, findings: reason.findings.map((id) => idIn(worstFrame, id)) })),
        missing: unique(reports.flatMap(({ summary }) => summary.missing)),
      },
      unmarked: sum(reports.map(({ findings }) => findings.filter((finding) => !isMarked(finding)).length)),
      notice: riskiest.notice,
      dropped: sum(reports.map(({ dropped }) => dropped)),
      folded: sum(reports.map(({ folded }) => folded)),
      unread,
      origins: unread.some(({ kind }) => kind === 'frames') ? originsOf(frames) : [],
      cut: read.some(({ cut }) => cut),
      checked: sum(read.map(({ checked = 0 }) => checked)),
      scored: reports.filter(({ findings }) => findings.length > 0).length,
    },
  };
}

/** A frame that has content scripts is read; the others are told of by the frame around them. @param {{frameId: number, state: State}[]} frames */
function unreadIn(frames) {
  const counted = (/** @type {UnreadKind} */ kind) => sum(frames.map(({ state }) => Number(state.unread?.[kind]) || 0));
  const inside = frames.filter(({ frameId, state }) => frameId !== 0 && state.view !== 'idle').length;
  return UNREAD.map((kind) => ({ kind, count: Math.max(0, counted(kind) - (kind === 'frames' ? inside : 0)) })).filter(({ count }) => count > 0);
}

/** At most three, each to be asked for by a button of its own. @param {{state: State}[]} frames */
function originsOf(frames) {
  const origins = frames.flatMap(({ state }) => state.origins ?? []).filter((origin) => /^https?:$/.test(URL.parse(origin)?.protocol ?? ''));
  return [...new Set(origins)].slice(0, 3);
}

/** Of one frame's finding among those of all. @param {number} frameId @param {string} id */
const idIn = (frameId, id) => `${frameId}:${id}`;

/** @param {import('./report.js').Finding} finding */
const isMarked = ({ mark }) => mark !== 'none';

/** @param {number[]} numbers */
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

/** @param {import('./report.js').Missing[]} warnings */
const unique = (warnings) => [...new Map(warnings.map((warning) => [`${warning.statement}\n${warning.fact.url}`, warning])).values()];
