/** What a tab's frames know of their page, waited for where they are still at it. */
import { enter, framesOf, tell } from './page.js';

const STILL_CHECKING_MS = 150;
/** A minute. */
const MOST_WAITS = 400;

/**
 * @typedef {import('./frames.js').State} State
 * @typedef {{frameId: number, state: State}[]} Frames  the page itself first
 */

/**
 * Those frames that know nothing yet check themselves, or with `anew` all.
 * @param {number} tabId @param {{anew: boolean}} how
 * @returns {Promise<Frames>}
 * @throws where the browser keeps extensions out
 */
export async function check(tabId, { anew }) {
  const frames = await enter(tabId);
  return Promise.all(frames.map(async (frameId) => ({ frameId, state: await settled(tabId, frameId, anew) })));
}

/** What is known already; nothing is checked. @param {number} tabId @returns {Promise<Frames>} */
export async function known(tabId) {
  const frames = await framesOf(tabId).catch(() => [0]);
  return Promise.all((frames.length > 0 ? frames : [0]).map(async (frameId) => ({ frameId, state: await stateOf(tabId, frameId) })));
}

/** @param {number} tabId @param {number} frameId @returns {Promise<State>} */
export const stateOf = (tabId, frameId) => tell(tabId, { kind: 'state' }, frameId).catch(() => ({ ok: false, view: 'idle' }));

/** Whether a report is about the words that stand there now. @param {State|null} state */
const isCurrent = (state) => state?.view === 'report' && !state.isOld;

/** @param {number} tabId @param {number} frameId @param {boolean} anew @returns {Promise<State>} */
async function settled(tabId, frameId, anew) {
  try {
    let state = anew ? null : await tell(tabId, { kind: 'state' }, frameId);
    if (state?.view !== 'checking' && !isCurrent(state)) state = await tell(tabId, { kind: 'check' }, frameId);
    for (let waits = 0; !['report', 'trouble'].includes(state.view); waits += 1) {
      if (waits > MOST_WAITS) return { ok: false, view: 'idle' }; // a page that never comes to rest
      await new Promise((resolve) => setTimeout(resolve, STILL_CHECKING_MS));
      // A page that has gone elsewhere meanwhile has dropped what was asked.
      state = await tell(tabId, { kind: state.view === 'idle' ? 'check' : 'state' }, frameId);
    }
    return state;
  } catch (error) {
    if (frameId === 0) throw error;
    return { ok: false, view: 'idle' }; // a frame may go while the page stays
  }
}
