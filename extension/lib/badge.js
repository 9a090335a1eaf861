/**
 * The badge on the toolbar button: how many findings the frames of a tab show, in the colour of the worst level. It is
 * counted in the frames that are there at that moment: what one of them has sent may come when its page is gone.
 */
import { api } from './api.js';
import { findingsCounted, t } from './i18n.js';

/** @type {Record<string, string>} */
const COLOURS = { none: '#4b6b57', low: '#3d6b8e', moderate: '#9a5b00', high: '#b3261e' };
const TROUBLE = '#5f6368';
const LEVELS = Object.keys(COLOURS);

/** Tabs whose count is to begin. @type {Set<number>} */
const waiting = new Set();

/**
 * Counts anew, whenever a frame shows something else or the tab goes to another page.
 * @param {number} tabId
 */
export async function count(tabId) {
  if (waiting.has(tabId)) return;
  waiting.add(tabId);
  await navigator.locks.request(`badge-${tabId}`, async () => {
    waiting.delete(tabId);
    await draw(tabId, await shownIn(tabId));
  });
}

/** What each frame of a tab shows. @param {number} tabId @returns {Promise<Shown[]>} */
async function shownIn(tabId) {
  const target = { tabId, allFrames: true };
  const func = () => globalThis.caveat?.shown;
  // No page may be read where the browser keeps extensions out, or no longer lets this one in.
  const results = await api.scripting.executeScript({ target, func, injectImmediately: true }).catch(() => []);
  return results.map(({ result }) => result).filter(isRight);
}

/** @param {any} shown @returns {shown is Shown} */
const isRight = (shown) => Number.isInteger(shown?.count) && shown.count >= 0 && LEVELS.includes(shown.level);

/** @param {number} tabId @param {Shown[]} frames */
async function draw(tabId, frames) {
  if (frames.length === 0) return wear(tabId, '', TROUBLE, t('actionTitle'));
  const error = frames.find((frame) => typeof frame.error === 'string')?.error;
  const count = frames.reduce((sum, frame) => sum + frame.count, 0);
  const level = LEVELS[Math.max(...frames.map((frame) => LEVELS.indexOf(frame.level)))];
  const text = error ? '!' : count > 999 ? '999+' : String(count);
  // Screen readers read the title, which is all that they get of the badge.
  const title = error ? t(`error_${error}_title`) : `${findingsCounted(count)}, ${t(`level_${level}`)}`;
  await wear(tabId, text, error ? TROUBLE : COLOURS[level], t('badgeTitle', title));
}

/** @param {number} tabId @param {string} text @param {string} color @param {string} title */
async function wear(tabId, text, color, title) {
  try {
    await api.action.setBadgeText({ tabId, text });
    await api.action.setBadgeBackgroundColor({ tabId, color });
    await api.action.setBadgeTextColor({ tabId, color: '#ffffff' });
    await api.action.setTitle({ tabId, title });
  } catch {
    // The tab was closed meanwhile.
  }
}
