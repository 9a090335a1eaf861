/** Where the page's text goes, and, once the reader asks, how the server there is. */
import { api } from '../lib/api.js';
import { byId } from '../lib/dom.js';
import { destination, healthOf } from '../lib/health.js';

/** @param {import('../lib/settings.js').Settings} settings */
export function showServer(settings) {
  byId('destination').textContent = destination(settings);
  byId('server').ontoggle = async () => {
    if (byId('server').open) byId('health').textContent = healthOf(await api.runtime.sendMessage({ kind: 'health' }));
  };
}
