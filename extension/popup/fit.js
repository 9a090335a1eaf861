/** Keeps the popup within what the browser gives it, without a scrollbar: at 200 % that is half as high as at 100 %. */
const { body, documentElement: root } = document;
/** The browser lets a popup grow with its words, but takes a moment. */
const GROWN_MS = 150;
/** @type {ReturnType<typeof setTimeout>|undefined} */
let timer;

/** Shows all, and less where there is no room for it. */
export function fit() {
  delete body.dataset.tight;
  clearTimeout(timer);
  timer = setTimeout(() => {
    for (const tight of ['1', '2']) {
      if (root.scrollHeight <= window.innerHeight && body.scrollHeight <= body.clientHeight) return;
      body.dataset.tight = tight;
    }
  }, GROWN_MS);
}
