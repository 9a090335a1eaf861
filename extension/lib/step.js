/** Ways to findings on the page: to one of them, and next and previous, through one frame after the other and around. */
import { tell } from './page.js';

/**
 * @param {number} tabId
 * @param {import('./frames.js').FramedFinding} finding
 * @returns {Promise<boolean>} whether its words are still there
 */
export async function reveal(tabId, { frameId, ownId, quote }) {
  const { ok } = await tell(tabId, { kind: 'reveal', id: ownId, quote }, frameId).catch(() => ({ ok: false }));
  return ok;
}

/**
 * @param {number} tabId
 * @param {1|-1} by
 * @param {number[]} frames  those with content scripts, the page itself first
 * @returns {Promise<boolean>} whether the reader was led to a finding
 */
export async function step(tabId, by, frames) {
  const all = await Promise.all(frames.map(async (frameId) => ({ frameId, ...await placeIn(tabId, frameId) })));
  const places = all.filter(({ count }) => count > 0);
  if (places.length === 0) return false;
  const here = places.reduce((latest, place) => (place.ledAt > latest.ledAt ? place : latest));
  if ((await tell(tabId, { kind: 'step', by, from: 'here' }, here.frameId)).ok) return true;
  const next = /** @type {typeof here} */ (places.at((places.indexOf(here) + by) % places.length));
  return (await tell(tabId, { kind: 'step', by, from: 'edge' }, next.frameId)).ok;
}

/** @param {number} tabId @param {number} frameId @returns {Promise<{count: number, ledAt: number}>} */
async function placeIn(tabId, frameId) {
  // A frame may go while the page stays.
  return tell(tabId, { kind: 'place' }, frameId).catch(() => ({ count: 0, ledAt: 0 }));
}
