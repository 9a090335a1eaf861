/**
 * The only part that talks to the server, owns the badge, and says where content scripts run. The browser stops it
 * when idle, so it keeps no state.
 */
import { api } from './lib/api.js';
import { count } from './lib/badge.js';
import { enter, framesOf, tell } from './lib/page.js';
import { Failure, analyze, formula, health } from './lib/server.js';
import { hide, load, muteSite, onChange, showKind } from './lib/settings.js';
import { forgetRevoked, register, toggle } from './lib/sites.js';
import { step } from './lib/step.js';

/** What each kind of message is answered with. @type {Record<string, (message: any, sender: any) => Promise<object|void>>} */
const ANSWERS = {
  // From content scripts:
  analyze: async ({ blocks, automatic }, sender) => {
    const settings = await load();
    if (automatic && settings.muted.includes(originOf(sender))) throw new Failure('muted');
    // As text, for the reason told in content/main.js.
    return { report: JSON.stringify(await analyze(blocks)), settings: forPages(settings, sender) };
  },
  settings: async (_, sender) => ({ settings: forPages(await load(), sender) }),
  shown: (_, sender) => count(sender.tab.id),
  hide: (message, sender) => hideFinding(message, sender),
  // From the popup and the options:
  health: async () => health(),
  formula: async () => ({ risk: await formula() }),
};

api.runtime.onMessage.addListener((message, sender, respond) => {
  if (sender.id !== api.runtime.id || !Object.hasOwn(ANSWERS, message?.kind)) return false;
  ANSWERS[message.kind](message, sender).then((answer) => respond({ ok: true, ...answer }), (error) => {
    if (!(error instanceof Failure)) console.error(error);
    respond({ ok: false, error: error.code ?? 'failed', detail: error.detail ?? String(error) });
  });
  return true; // the answer comes later
});

/** A page's own process learns what it needs, and neither the server nor the token. @param {import('./lib/settings.js').Settings} settings @param {Sender} sender */
function forPages({ categories, lowest, hidden, muted }, sender) {
  return { categories, lowest, hidden, muted: muted.includes(originOf(sender)) };
}

/** @typedef {chrome.runtime.MessageSender} Sender @param {Sender} sender */
const originOf = (sender) => sender.origin ?? new URL(String(sender.url)).origin;

/** The buttons of the card. @param {any} message @param {Sender} sender */
async function hideFinding({ scope, category, quote }, sender) {
  if (scope === 'this') await hide({ category, quote });
  if (scope === 'kind') await showKind(category, false);
  if (scope === 'site') await muteSite(originOf(sender), true);
}

/** What each of the manifest's commands does to the tab in front. @type {Record<string, (tab: any) => Promise<unknown>>} */
const COMMANDS = {
  'next-finding': async (tab) => step(tab.id, 1, await framesOf(tab.id)),
  'previous-finding': async (tab) => step(tab.id, -1, await framesOf(tab.id)),
  'check-page': (tab) => check(tab.id),
  'toggle-site': (tab) => toggleSite(tab),
};

api.commands.onCommand.addListener((command, tab) => {
  // There is nothing to do where extensions may not run, or no content script is.
  COMMANDS[command]?.(tab)?.catch(() => {});
});

/** @param {number} tabId */
async function check(tabId) {
  const frames = await enter(tabId);
  await Promise.all(frames.map((frameId) => tell(tabId, { kind: 'check' }, frameId)));
}

/** @param {any} tab */
async function toggleSite({ id, url }) {
  if (await toggle(new URL(url).origin)) await check(id);
}

api.tabs.onUpdated.addListener((tabId, { status }) => {
  if (status === 'loading') count(tabId);
});

async function settle() {
  await forgetRevoked();
  await register();
}

api.runtime.onInstalled.addListener(({ reason }) => {
  settle();
  if (reason === 'install') api.tabs.create({ url: '/welcome/welcome.html' });
});
api.runtime.onStartup.addListener(settle);
api.permissions.onAdded.addListener(register);
api.permissions.onRemoved.addListener(settle);
onChange(register);
