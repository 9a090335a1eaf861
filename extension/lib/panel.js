/** The panel beside the page. */
import { api } from './api.js';

/**
 * Opens it; this must be the first thing a click does, or the browser does not believe in the click.
 * @param {{id?: number, windowId?: number}} tab
 */
export function openPanel({ id, windowId }) {
  const { sidePanel, sidebarAction } = /** @type {any} */ (api);
  const opened = sidePanel ? sidePanel.open({ windowId }) : sidebarAction.open();
  // Firefox opens it for a click on the extension's own pages alone; from elsewhere it gets a window of its own.
  return opened.catch(() => api.windows.create({ url: `/panel/panel.html?tabId=${id}`, type: 'popup', width: 420, height: 720 }));
}
