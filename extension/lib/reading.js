/** What a tab's frames know of their page, waited for where they are still at it. */
import { api } from './api.js';
import { enter, framesOf, tell } from './page.js';

const STILL_CHECKING_MS = 150;
/** A minute. */
const MOST_WAITS = 400;

/**
 * @typedef {import('./frames.js').State} State
 * @typedef {{frameId: number, state: State}[]} Frames  the page itself first
 */

/** Of a frame that does not answer. @type {State} */
const GONE = { ok: false, view: 'idle' };

/** The tab in front, or the one that the address of this page names, as in a window of its own. @returns {Promise<chrome.tabs.Tab|undefined>} */
export async function tabInFront() {
  const named = Number(new URLSearchParams(location.search).get('tabId'));
  if (named) return api.tabs.get(named).catch(() => undefined);
  const [active] = await api.tabs.query({ active: true, currentWindow: true });
  return active;
}

/**
 * Those frames that know nothing yet check themselves, or with `anew` all.
 * @param {number} tabId @param {{anew: boolean}} how
 * @returns {Promise<Frames>}
 * @throws where the browser keeps extensions out
 */
export async function check(tabId, { anew }) {
  const frames = await enter(tabId).catch(async (error) => {
    await tell(tabId, { kind: 'state' }).catch(() => { throw error; }); // the demo page has brought its scripts itself
    return [0];
  });
  return Promise.all(frames.map(async (frameId) => ({ frameId, state: await settled(tabId, frameId, anew) })));
}

/** What is known already; nothing is checked. @param {number} tabId @returns {Promise<Frames>} */
export async function known(tabId) {
  const frames = await framesOf(tabId).catch(() => []); // of a page that may not be entered any more its scripts still answer
  return statesOf(tabId, frames.length > 0 ? frames : [0]);
}

/** @param {number} tabId @param {number[]} frames @returns {Promise<Frames>} */
export async function statesOf(tabId, frames) {
  return Promise.all(frames.map(async (frameId) => ({ frameId, state: await tell(tabId, { kind: 'state' }, frameId).catch(() => GONE) })));
}

/** Whether a report is about the words that stand there now. @param {State|null} state */
const isCurrent = (state) => state?.view === 'report' && !state.isOld;

/** @param {number} tabId @param {number} frameId @param {boolean} anew @returns {Promise<State>} */
async function settled(tabId, frameId, anew) {
  try {
    let state = anew ? null : await tell(tabId, { kind: 'state' }, frameId);
    if (state?.view !== 'checking' && !isCurrent(state)) state = await tell(tabId, { kind: 'check' }, frameId);
    for (let waits = 0; !['report', 'trouble'].includes(state.view); waits += 1) {
      if (waits > MOST_WAITS) return GONE; // a page that never comes to rest
      await new Promise((resolve) => setTimeout(resolve, STILL_CHECKING_MS));
      // A page that has gone elsewhere meanwhile has dropped what was asked.
      state = await tell(tabId, { kind: state.view === 'idle' ? 'check' : 'state' }, frameId);
    }
    return state;
  } catch (error) {
    if (frameId === 0) throw error;
    return GONE; // a frame may go while the page stays
  }
}
