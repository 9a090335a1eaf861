/** The content scripts of a page: putting them there, and speaking to them. */
import { api } from './api.js';

/** In the order in which they need each other. From the root: Firefox reads relative paths from the popup's folder. */
export const SCRIPTS = ['dom', 'pause', 'listen', 'sight', 'structure', 'extract', 'folded', 'anchor', 'choice', 'language', 'topic', 'sentence', 'ticking', 'contrast', 'highlight', 'card', 'pointer', 'scroll', 'ticks', 'watch', 'main'].map((name) => `/content/${name}.js`);
export const STYLES = ['/content/page.css'];

/**
 * Puts the content scripts into every frame that the extension may enter; where they are already, nothing changes.
 * @param {number} tabId
 * @returns {Promise<number[]>} the frames; 0 is the page itself
 * @throws where the browser keeps extensions out
 */
export async function enter(tabId) {
  const target = { tabId, allFrames: true };
  // A page that still waits for something can be read already.
  return inOrder(await api.scripting.executeScript({ target, files: SCRIPTS, injectImmediately: true }));
}

/**
 * The frames where content scripts are; 0 is the page itself.
 * @param {number} tabId
 * @throws where the browser keeps extensions out
 */
export async function framesOf(tabId) {
  const target = { tabId, allFrames: true };
  const results = await api.scripting.executeScript({ target, func: () => globalThis.caveat?.isListening === true });
  return inOrder(results.filter(({ result }) => result));
}

/** @param {{frameId: number}[]} results */
const inOrder = (results) => results.map(({ frameId }) => frameId).sort((one, other) => one - other);

/** Tells every page where content scripts are. @param {object} message */
export async function tellAll(message) {
  const tabs = await api.tabs.query({});
  await Promise.all(tabs.map(({ id }) => api.tabs.sendMessage(/** @type {number} */ (id), message).catch(() => {}))); // most have none
}

/**
 * @param {number} tabId
 * @param {object} message
 * @param {number} [frameId]
 */
export async function tell(tabId, message, frameId = 0) {
  return JSON.parse(await api.tabs.sendMessage(tabId, message, { frameId })); // why as text is told in content/main.js
}
