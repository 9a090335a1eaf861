/**
 * The only part that talks to the server, owns the badge, and says where content scripts run. The browser stops it
 * when idle, so it keeps no state.
 */
import { api } from './lib/api.js';
import { count } from './lib/badge.js';
import { openPanel } from './lib/panel.js';
import { STYLES, enter, framesOf, tell, tellAll } from './lib/page.js';
import { inTurn } from './lib/queue.js';
import { Failure, analyze, formula, health } from './lib/server.js';
import { hide, load, muteSite, onChange, showKind, unhide } from './lib/settings.js';
import { forgetRevoked, register, toggle } from './lib/sites.js';
import { CATEGORIES } from './lib/contract.js';
import { step } from './lib/step.js';
import { countUseful } from './lib/useful.js';
import { openWrong } from './lib/wrong.js';

/** Quotes of findings are sentences. */
const LONGEST_QUOTE = 2_000;

/** What content scripts are answered with. @type {Record<string, (message: any, sender: any) => Promise<object|void>>} */
const FOR_PAGES = {
  analyze: async ({ blocks, automatic }, sender) => {
    const settings = await load();
    if (automatic && settings.muted.includes(originOf(sender))) throw new Failure('muted');
    const report = automatic ? await inTurn(sender.tab.id, () => analyze(blocks)) : await analyze(blocks);
    // As text, for the reason told in content/main.js.
    return { report: JSON.stringify(report), settings: forPages(settings, sender) };
  },
  settings: async (_, sender) => ({ settings: forPages(await load(), sender) }),
  shown: (_, sender) => count(sender.tab.id),
  hide: (message, sender) => hideFinding(message, sender),
  panel: async (_, sender) => { openPanel(sender.tab); },
  wrong: async ({ report }) => openWrong(report),
  useful: async ({ rule }) => countUseful(rule),
  style: async (_, { tab, frameId }) => api.scripting.insertCSS({ target: { tabId: tab.id, frameIds: [frameId] }, files: STYLES }),
};

/** What the popup and the options are answered with. @type {Record<string, (message: any, sender: any) => Promise<object|void>>} */
const FOR_OURSELVES = {
  health: async () => health(),
  formula: async () => ({ risk: await formula() }),
};

api.runtime.onMessage.addListener((message, sender, respond) => {
  // A page's process, should it ever be taken over, learns nothing of the server.
  const isOurs = sender.url?.startsWith(api.runtime.getURL('/')) === true;
  const answers = isOurs ? { ...FOR_PAGES, ...FOR_OURSELVES } : FOR_PAGES; // the demo page is ours, and a page
  if (sender.id !== api.runtime.id || !Object.hasOwn(answers, message?.kind)) return false;
  answers[message.kind](message, sender).then((answer) => respond({ ok: true, ...answer }), (error) => {
    if (!(error instanceof Failure)) console.error(error);
    respond({ ok: false, error: error.code ?? 'failed', detail: error.detail ?? String(error) });
  });
  return true; // the answer comes later
});

/** A page's own process learns what it needs, and neither the server nor the token. @param {import('./lib/settings.js').Settings} settings @param {Sender} sender */
function forPages({ categories, marks, ticks, hidden, muted }, sender) {
  return { categories, marks, ticks, hidden, muted: muted.includes(originOf(sender)) };
}

/** @typedef {chrome.runtime.MessageSender} Sender @param {Sender} sender */
const originOf = (sender) => sender.origin ?? new URL(String(sender.url)).origin;

/** The buttons of the card. @param {any} message @param {Sender} sender */
async function hideFinding({ scope, category, quote, undo }, sender) {
  if (!CATEGORIES.includes(category) || typeof quote !== 'string' || quote.length > LONGEST_QUOTE) return;
  if (scope === 'this') await (undo === true ? unhide : hide)({ category, quote });
  if (scope === 'kind') await showKind(category, undo === true);
  if (scope === 'site') await muteSite(originOf(sender), undo !== true);
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
onChange((_, changed) => {
  register();
  tellAll({ kind: 'changed', changed });
});
// Chrome can keep the settings, the server and its token among them, from the processes of pages; Firefox cannot yet.
api.storage.local.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });
