/** The badge on the toolbar button: how many findings the frames of a tab show, in the colour of the worst level. */
import { api } from './api.js';
import { findingsCounted, t } from './i18n.js';

/** @type {Record<string, string>} */
const COLOURS = { none: '#4b6b57', low: '#3d6b8e', moderate: '#9a5b00', high: '#b3261e' };
const TROUBLE = '#5f6368';
const LEVELS = Object.keys(COLOURS);

/**
 * What a frame shows. A frame with an `error` shows nothing.
 * @typedef {{count: number, level: string, error?: string}} Shown
 */

/** @param {number} tabId @param {number} frameId @param {any} message  `count` is null where nothing is checked any more */
export async function frameShows(tabId, frameId, { count, level, error }) {
  const isRight = Number.isInteger(count) && count >= 0 && LEVELS.includes(level);
  if (count !== null && !isRight) return;
  await inTurn(async () => {
    const key = `badge-${tabId}`;
    /** @type {any} */
    const { [key]: frames = {} } = await api.storage.session.get(key);
    if (count === null) delete frames[frameId];
    else frames[frameId] = { count, level, ...(typeof error === 'string' && { error }) };
    await api.storage.session.set({ [key]: frames });
    await draw(tabId, Object.values(frames));
  });
}

/** The tab goes to another page, or away; the browser itself takes the badge off. @param {number} tabId */
export async function forgetTab(tabId) {
  await inTurn(() => api.storage.session.remove(`badge-${tabId}`));
}

/** Frames answer at the same time, and each must see what the one before it wrote. @param {() => Promise<void>} work */
const inTurn = (work) => navigator.locks.request('badge', work);

/** @param {number} tabId @param {Shown[]} frames */
async function draw(tabId, frames) {
  if (frames.length === 0) return wear(tabId, '', TROUBLE, t('actionTitle'));
  const error = frames.find((frame) => frame.error)?.error;
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
