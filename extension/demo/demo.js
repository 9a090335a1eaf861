/**
 * A page to try Caveat on, with a legend. It runs the content scripts as any page does; the browser lets nobody put them
 * into an extension's own pages, so this one brings them itself.
 */
import { byId, element } from '../lib/dom.js';
import { showTrouble } from '../lib/health.js';
import { localise, t } from '../lib/i18n.js';
import { showKeys } from '../lib/keys.js';
import { SCRIPTS } from '../lib/page.js';
import { MARKS } from '../lib/contract.js';
import { markOf } from '../lib/words.js';

localise(document);
document.title = t('demo_title');
byId('legend').append(...MARKS.filter((mark) => mark !== 'none').map((mark) => element('li', {}, markOf(mark), ': ', t(`mark_${mark}_text`))));
for (const src of SCRIPTS) await run(src);

/** @param {string} src */
async function run(src) {
  const script = element('script', { src });
  document.head.append(script);
  await new Promise((resolve) => { script.onload = resolve; });
}

async function check() {
  byId('again').hidden = true;
  byId('status').textContent = t('checking');
  const { view, error, detail, shown } = await globalThis.caveat.check();
  byId('again').hidden = view !== 'trouble';
  if (view === 'trouble') return showTrouble(byId('status'), error, detail);
  byId('status').dataset.ready = 'true';
  byId('status').textContent = t(shown.length > 0 ? 'demo_found' : 'demo_hidden');
}

byId('again').addEventListener('click', check);
await showKeys(byId('keys'));
await check();
