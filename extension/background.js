/** The only part that talks to the server, and the one that owns the badge. It keeps no state. */
import { api } from './lib/api.js';
import { findingsCounted, t } from './lib/i18n.js';
import { Failure, analyze } from './lib/server.js';

const BADGE_COLOURS = { none: '#4b6b57', low: '#3d6b8e', moderate: '#9a5b00', high: '#b3261e', failed: '#5f6368' };

api.runtime.onMessage.addListener((message, sender, respond) => {
  if (message.kind !== 'analyze') return false;
  answer(message.text, Number(sender.tab?.id)).then(respond);
  return true; // the answer comes later
});

/**
 * @param {string} text
 * @param {number} tabId
 * @returns {Promise<{ok: true, report: import('./lib/report.js').Report} | {ok: false, error: string, detail: string}>}
 */
async function answer(text, tabId) {
  try {
    const report = await analyze(text);
    const { level } = report.summary;
    const count = report.findings.length;
    setBadge(tabId, count > 999 ? '999+' : String(count), level, `${findingsCounted(count)}, ${t(`level_${level}`)}`);
    return { ok: true, report };
  } catch (error) {
    if (!(error instanceof Failure)) console.error(error);
    const { code = 'failed', detail = String(error) } = /** @type {Partial<Failure>} */ (error);
    setBadge(tabId, '!', 'failed', t(`error_${code}_title`));
    return { ok: false, error: code, detail };
  }
}

/** @param {number} tabId @param {string} text @param {keyof typeof BADGE_COLOURS} colour @param {string} title */
async function setBadge(tabId, text, colour, title) {
  try {
    await api.action.setBadgeText({ tabId, text });
    await api.action.setBadgeBackgroundColor({ tabId, color: BADGE_COLOURS[colour] });
    await api.action.setBadgeTextColor({ tabId, color: '#ffffff' });
    await api.action.setTitle({ tabId, title: t('badgeTitle', title) });
  } catch {
    // The tab was closed while its text was read.
  }
}
