/** A list of buttons that is one stop for Tab, however long it is; the arrow keys go through it. */

/** Makes it so, whatever the list comes to hold. @param {HTMLElement} list */
export function rove(list) {
  list.addEventListener('keydown', (event) => {
    const buttons = [...list.querySelectorAll('button')];
    const here = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined || !buttons[to]) return;
    event.preventDefault();
    buttons[to].focus();
  });
  list.addEventListener('focusin', ({ target }) => {
    for (const button of stops(list)) button.tabIndex = -1;
    /** @type {HTMLElement} */ (target).tabIndex = 0;
  });
}

/** Lets Tab come to the list, once its buttons are new. @param {HTMLElement} list */
export function welcome(list) {
  if (stops(list).length > 0) return;
  const first = list.querySelector('button');
  if (first) first.tabIndex = 0;
}

/** @param {HTMLElement} list @returns {HTMLElement[]} */
const stops = (list) => [...list.querySelectorAll('button')].filter(({ tabIndex }) => tabIndex === 0);
