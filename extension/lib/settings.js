/**
 * What the reader has chosen. It stays on this machine: in storage.local, never synchronised.
 *
 * @typedef {Object} Settings
 * @property {string} server     the address of Caveat's server
 * @property {string} token      sent to the server as a Bearer token; empty: none
 * @property {boolean} remote    a server beyond 127.0.0.1 may be spoken to; it needs https and a token
 * @property {'off'|'sites'|'all'} automatic  where pages are checked unasked
 * @property {string[]} sites    match patterns of the sites to check unasked, such as `https://example.org/*`
 * @property {string[]} muted    origins on which nothing is shown
 * @property {Record<import('./report.js').Category, boolean>} categories  false: this kind is hidden
 * @property {Record<import('./report.js').Mark, boolean>} marks  false: what is marked so is hidden
 * @property {boolean} ticks     places are shown along the page's scrollbar
 * @property {Hidden[]} hidden   findings the reader has hidden
 *
 * @typedef {{category: import('./report.js').Category, quote: string}} Hidden  `quote` as `fold` gives it
 */
import { api } from './api.js';
import { CATEGORIES, MARKS } from './contract.js';

const MAX_HIDDEN = 500;

/** @type {Settings} */
export const DEFAULTS = Object.freeze({
  server: 'http://127.0.0.1:5055',
  token: '',
  remote: false,
  automatic: 'off',
  sites: [],
  muted: [],
  categories: /** @type {Settings['categories']} */ (Object.fromEntries(CATEGORIES.map((category) => [category, true]))),
  marks: /** @type {Settings['marks']} */ (Object.fromEntries(MARKS.map((mark) => [mark, true]))),
  ticks: true,
  hidden: [],
});

/** Each gives a right value, or undefined for a wrong one. @type {Record<string, (value: any) => unknown>} */
const READ = {
  server: string,
  token: (value) => (typeof value === 'string' && !/[\s\p{Cc}]/u.test(value) ? value : undefined), // fits into a header
  remote: (value) => (typeof value === 'boolean' ? value : undefined),
  automatic: oneOf(['off', 'sites', 'all']),
  sites: listOf((site) => typeof site === 'string' && /^https?:\/\/[^/*:]+\/\*$/.test(site)),
  muted: listOf((origin) => typeof origin === 'string' && URL.parse(origin)?.origin === origin),
  categories: (value) => Object.fromEntries(CATEGORIES.map((category) => [category, value?.[category] !== false])),
  marks: (value) => Object.fromEntries(MARKS.map((mark) => [mark, value?.[mark] !== false])),
  ticks: (value) => value !== false,
  hidden: listOf((entry) => CATEGORIES.includes(entry?.category) && typeof entry.quote === 'string'),
};

/** The settings; whatever is wrong in the storage falls back to its default. @returns {Promise<Settings>} */
export async function load() {
  const stored = await api.storage.local.get(Object.keys(DEFAULTS));
  const read = Object.entries(DEFAULTS).map(([key, value]) => [key, READ[key](stored[key]) ?? value]);
  return Object.fromEntries(read);
}

/** The settings as a file to keep; the token is a secret, and stays. @returns {Promise<string>} */
export async function exported() {
  return JSON.stringify({ caveat_settings: 1, ...await load(), token: undefined }, null, 2);
}

/**
 * Takes over the settings of such a file; what is wrong in it is left as it is, and where pages are checked unasked too,
 * for that takes a permission of the browser.
 * @param {string} text
 * @returns {Promise<boolean>} false when it is no such file
 */
export async function imported(text) {
  let given;
  try {
    given = JSON.parse(text);
  } catch {
    return false;
  }
  if (given?.caveat_settings !== 1) return false;
  const taken = ['server', 'muted', 'categories', 'marks', 'ticks', 'hidden'].map((key) => [key, given[key] === undefined ? undefined : READ[key](given[key])]);
  await change(() => Object.fromEntries(taken.filter(([, value]) => value !== undefined)));
  return true;
}

/** @param {Partial<Settings>} patch */
export async function save(patch) {
  await api.storage.local.set(patch);
}

/**
 * Saves what is made of the present settings; no other change comes between, wherever it is made.
 * @param {(settings: Settings) => Partial<Settings>} patchOf
 */
export async function change(patchOf) {
  await navigator.locks.request('settings', async () => save(patchOf(await load())));
}

/** @param {(settings: Settings, changed: string[]) => void} callback  called after each change, with the keys that have changed */
export function onChange(callback) {
  api.storage.onChanged.addListener(async (changes, area) => {
    if (area === 'local') callback(await load(), Object.keys(changes));
  });
}

/** "Hide this", here and on every page that says the same. @param {Hidden} finding */
export async function hide(finding) {
  await change(({ hidden }) => ({ hidden: [...without(hidden, finding), folded(finding)].slice(-MAX_HIDDEN) }));
}

/** Shows a hidden finding again, or all of them. @param {Hidden} [finding] */
export async function unhide(finding) {
  await change(({ hidden }) => ({ hidden: finding ? without(hidden, finding) : [] }));
}

/** "Hide this kind", or show it again. @param {import('./report.js').Category} category @param {boolean} shown */
export async function showKind(category, shown) {
  await change(({ categories }) => ({ categories: { ...categories, [category]: shown } }));
}

/** Shows what is marked so, or hides it. @param {import('./report.js').Mark} mark @param {boolean} shown */
export async function showMark(mark, shown) {
  await change(({ marks }) => ({ marks: { ...marks, [mark]: shown } }));
}

/** "Mute on this site", or show it again. @param {string} origin @param {boolean} muted */
export async function muteSite(origin, muted) {
  await change((settings) => ({
    muted: [...settings.muted.filter((other) => other !== origin), ...(muted ? [origin] : [])],
  }));
}

/**
 * Why a finding is not shown, or null when it is.
 * @param {{category: import('./report.js').Category, mark: import('./report.js').Mark, quote: string}} finding
 * @param {Settings} settings
 * @returns {'kind'|'mark'|'this'|null}
 */
export function hiddenBy({ category, mark, quote }, { categories, marks, hidden }) {
  if (!categories[category]) return 'kind';
  if (!marks[mark]) return 'mark';
  const folded = fold(quote);
  return hidden.some((other) => other.category === category && other.quote === folded) ? 'this' : null;
}

/**
 * The findings of a page that are shown.
 * @template {{category: import('./report.js').Category, mark: import('./report.js').Mark, quote: string}} T
 * @param {{findings: T[]}} page @param {Settings} settings
 */
export const visible = ({ findings }, settings) => findings.filter((finding) => !hiddenBy(finding, settings));

/** One quote on two pages may differ in white space and capitals. @param {string} quote */
const fold = (quote) => quote.replace(/\s+/g, ' ').trim().toLowerCase();

/** @param {Hidden} finding */
const folded = ({ category, quote }) => ({ category, quote: fold(quote) });

/** @param {Hidden[]} hidden @param {Hidden} finding */
function without(hidden, finding) {
  const { category, quote } = folded(finding);
  return hidden.filter((other) => other.category !== category || other.quote !== quote);
}

/** @param {unknown} value */
function string(value) {
  return typeof value === 'string' ? value : undefined;
}

/** @param {unknown[]} allowed @returns {(value: unknown) => unknown} */
function oneOf(allowed) {
  return (value) => (allowed.includes(value) ? value : undefined);
}

/** @param {(entry: any) => boolean} isRight @returns {(value: unknown) => unknown} */
function listOf(isRight) {
  return (value) => (Array.isArray(value) ? value.filter(isRight) : undefined);
}
