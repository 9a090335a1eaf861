/**
 * Pages that are checked unasked wait for each other: one with many frames, or that changes again and again, must not take
 * the server from what the reader asks for, nor from other tabs. Nothing of it outlives the background, and need not.
 */
import { Failure } from './server.js';

/** So many requests of a tab in so many milliseconds; no page that people read needs them. */
const MOST = 20;
const WITHIN_MS = 60_000;

/** What waits, by tab; the tab that was served last stands last. @type {Map<number, (() => Promise<void>)[]>} */
const waiting = new Map();
/** When each tab asked. @type {Map<number, number[]>} */
const asked = new Map();
let isServing = false;

/**
 * Runs a task when its turn has come.
 * @template T
 * @param {number} tabId
 * @param {() => Promise<T>} task
 * @returns {Promise<T>}
 * @throws {Failure} when the tab has asked too often
 */
export function inTurn(tabId, task) {
  const now = performance.now();
  const recent = (asked.get(tabId) ?? []).filter((time) => now - time < WITHIN_MS);
  if (recent.length >= MOST) return Promise.reject(new Failure('too-often'));
  asked.set(tabId, [...recent, now]);
  return new Promise((resolve, reject) => {
    const own = waiting.get(tabId) ?? [];
    own.push(() => task().then(resolve, reject));
    waiting.set(tabId, own);
    serve();
  });
}

async function serve() {
  if (isServing) return;
  isServing = true;
  for (let [next] = waiting; next; [next] = waiting) {
    const [tabId, tasks] = next;
    const task = /** @type {() => Promise<void>} */ (tasks.shift());
    waiting.delete(tabId);
    if (tasks.length > 0) waiting.set(tabId, tasks);
    await task();
  }
  isServing = false;
}
