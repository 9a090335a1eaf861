/** Where the page's text goes, and, once the reader asks, how the server there is. */
import { byId } from '../lib/dom.js';
import { destination, showHealth } from '../lib/health.js';

/** @param {import('../lib/settings.js').Settings} settings */
export function showServer(settings) {
  byId('destination').textContent = destination(settings);
  byId('server').ontoggle = () => byId('server').open && showHealth(byId('health'));
}
