/**
 * What the reader calls wrong: kept in the memory of the browser until the page that shows it has taken it. Nothing of it
 * is sent anywhere.
 */
import { api } from './api.js';
import { timesUseful } from './useful.js';

const FIELDS = ['rule', 'mark', 'category', 'certainty', 'substance', 'found', 'sentence', 'server', 'rules'];
const LONGEST = 2_000;
const KEY = 'wrong';

/** Opens the page that shows a report of something wrong. @param {any} report  from a page's own process */
export async function openWrong(report) {
  const fields = FIELDS.map((name) => [name, typeof report?.[name] === 'string' ? report[name].slice(0, LONGEST).toWellFormed() : '']);
  await api.storage.session.set({ [KEY]: Object.fromEntries(fields) });
  await api.tabs.create({ url: '/wrong/wrong.html' });
}

/** The report that was opened last, once. @returns {Promise<Record<string, string>|null>} */
export async function takeWrong() {
  const { [KEY]: kept } = await api.storage.session.get(KEY);
  await api.storage.session.remove(KEY);
  const report = /** @type {Record<string, string>|undefined} */ (kept);
  return report ? { ...report, useful: String(await timesUseful(report.rule)) } : null;
}

/**
 * The report as text, which people read and `caveat rules explain --report` too: YAML with its strings as in JSON.
 * @param {Record<string, string>} report @param {string} expected
 */
export function toText(report, expected) {
  const lines = [...FIELDS, 'useful'].filter((name) => report[name]).map((name) => `${name}: ${JSON.stringify(report[name])}`);
  return ['caveat_report: 1', `expected: ${JSON.stringify(expected)}`, ...lines, `extension: ${JSON.stringify(api.runtime.getManifest().version)}`, ''].join('\n');
}
