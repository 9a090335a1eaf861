/**
 * What a page cannot forge. A form answers with its own fields: where there is an <input name="parentElement">,
 * `form.parentElement` is that input. The getters of the prototypes, which no page can reach from here, are honest.
 */
// An element with the id "caveat" must not be taken for ours.
if (!Object.hasOwn(globalThis, 'caveat')) globalThis.caveat = /** @type {any} */ ({});

caveat.dom ??= (() => {
  /** @param {object} prototype @param {string} name @returns {(node: Node) => any} */
  function getter(prototype, name) {
    const { get } = /** @type {PropertyDescriptor} */ (Object.getOwnPropertyDescriptor(prototype, name));
    return (node) => /** @type {() => any} */ (get).call(node);
  }

  /** @param {Node} node @returns {any} */
  const rootOf = (node) => Node.prototype.getRootNode.call(node);
  const parentElement = getter(Node.prototype, 'parentElement');
  const shadowRoot = getter(Element.prototype, 'shadowRoot');
  const textContent = getter(Node.prototype, 'textContent');
  const nodeType = getter(Node.prototype, 'nodeType');
  const assignedSlot = getter(Element.prototype, 'assignedSlot');
  /** @param {CheckVisibilityOptions} options @returns {(element: Element) => boolean} */
  const checker = (options) => (element) => Element.prototype.checkVisibility.call(element, options);

  return {
    rootOf,
    isText: (/** @type {Node} */ node) => nodeType(node) === Node.TEXT_NODE,
    isElement: (/** @type {Node} */ node) => nodeType(node) === Node.ELEMENT_NODE,
    isConnected: getter(Node.prototype, 'isConnected'),
    localName: getter(Element.prototype, 'localName'),
    shadowRoot,
    /** Whether a page keeps a tree to itself that draws words. */
    hasClosedRoot(/** @type {Element} */ element) {
      if (!(element instanceof HTMLElement) || shadowRoot(element)) return false;
      const closed = globalThis.chrome?.dom?.openOrClosedShadowRoot?.(element) ?? /** @type {any} */ (element).openOrClosedShadowRoot;
      return !!closed && textContent(closed).trim() !== '';
    },
    matches: (/** @type {Element} */ element, /** @type {string} */ selector) => Element.prototype.matches.call(element, selector),
    /** What is within may yet be invisible, and within that visible again. */
    hasBox: checker({}),
    isVisible: checker({ visibilityProperty: true }),
    attribute: (/** @type {Element} */ element, /** @type {string} */ name) => Element.prototype.getAttribute.call(element, name),
    textContent,
    previousSibling: getter(Node.prototype, 'previousSibling'),
    /** Where an element is drawn: in its slot, its parent, or the host of its shadow root. @returns {Element|null} */
    parentOf: (/** @type {Element} */ element) => assignedSlot(element) ?? parentElement(element) ?? rootOf(element).host ?? null,
    /** The element that a text stands in: its parent, or the host of its shadow root. @returns {Element} */
    holderOf: (/** @type {Node} */ text) => parentElement(text) ?? rootOf(text).host,
    walker: (/** @type {Node} */ root) =>
      Document.prototype.createTreeWalker.call(document, root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT),
  };
})();
