/**
 * Tabs: one stop for Tab, the arrow keys choose.
 * @param {HTMLElement} list
 */
export function startTabs(list) {
  /** @type {HTMLElement[]} */
  const tabs = [...list.querySelectorAll('[role="tab"]')].map((tab) => /** @type {HTMLElement} */ (tab));

  /** @param {HTMLElement} chosen */
  function choose(chosen) {
    for (const tab of tabs) {
      tab.ariaSelected = String(tab === chosen);
      tab.tabIndex = tab === chosen ? 0 : -1;
      /** @type {HTMLElement} */ (document.getElementById(String(tab.getAttribute('aria-controls')))).hidden = tab !== chosen;
    }
  }

  for (const [index, tab] of tabs.entries()) {
    tab.addEventListener('click', () => choose(tab));
    tab.addEventListener('keydown', ({ key }) => {
      if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
      const other = tabs[(index + 1) % tabs.length]; // there are two
      choose(other);
      other.focus();
    });
  }
}
