/** How often the reader has called a rule's findings useful. It stays in this browser, and stands in the reports she makes of it. */
import { api } from './api.js';

const KEY = 'useful';
const LONGEST = 200;
/** A page's process, should it ever be taken over, fills no storage. */
const MOST_RULES = 1_000;

/** @returns {Promise<Record<string, number>>} by the rule's id */
async function load() {
  const { [KEY]: counts } = await api.storage.local.get(KEY);
  return Object.fromEntries(Object.entries(counts ?? {}).filter(([, count]) => Number.isInteger(count)));
}

/** @param {unknown} rule */
export async function countUseful(rule) {
  if (typeof rule !== 'string' || rule === '' || rule.length > LONGEST) return;
  await navigator.locks.request(KEY, async () => {
    const counts = await load();
    if (!(rule in counts) && Object.keys(counts).length >= MOST_RULES) return;
    await api.storage.local.set({ [KEY]: { ...counts, [rule]: (counts[rule] ?? 0) + 1 } });
  });
}

/** @param {string} rule */
export const timesUseful = async (rule) => (await load())[rule] ?? 0;
