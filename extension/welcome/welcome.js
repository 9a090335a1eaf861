/** The first page that a reader sees: what is sent where, how to start the server, when pages are looked at. */
import { byId } from '../lib/dom.js';
import { showHealth } from '../lib/health.js';
import { localise, t } from '../lib/i18n.js';
import { load, onChange } from '../lib/settings.js';
import { EVERY_SITE, allow, revoke } from '../lib/sites.js';

const CHOICES = ['off', 'sites', 'all'];

/** @param {string} chosen */
function show(chosen) {
  for (const choice of CHOICES) byId(`automatic-${choice}`).ariaPressed = String(choice === chosen);
  byId('automatic-text').textContent = t(`automatic_${chosen}_text`);
}

localise(document);
document.title = t('welcome_title');
byId('test').addEventListener('click', () => showHealth(byId('status')));
byId('automatic-off').addEventListener('click', async () => {
  for (const site of [EVERY_SITE, ...(await load()).sites]) await revoke(site);
});
byId('automatic-sites').addEventListener('click', async () => {
  await revoke(EVERY_SITE);
  show('sites'); // which sites is chosen there, in the popup
});
// `allow` must be the first thing a click does, or the browser does not believe in the click.
byId('automatic-all').addEventListener('click', () => allow(EVERY_SITE));
onChange(({ automatic }) => show(automatic));
show((await load()).automatic);
