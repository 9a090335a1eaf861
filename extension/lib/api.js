/** The extension API under one name: Firefox calls it `browser`, Chrome `chrome`. */
export const api = globalThis.browser ?? globalThis.chrome;
