/**
 * What `tsc` must be told about the extension: the scripts of content/ are no modules but share
 * `globalThis.caveat`. Nothing here is shipped.
 */
import type { Settings as AnySettings } from '../extension/lib/settings.js';
import type { Finding as AnyFinding, Report as AnyReport } from '../extension/lib/report.js';

declare global {
  type Finding = AnyFinding;
  type Settings = AnySettings;
  type PageReport = AnyReport; // the DOM has a Report of its own

  /** A text node and its place in the text. */
  interface Piece { node: Text; start: number; end: number }
  /** A block of a page as the server takes it: see document/blocks.py. */
  interface WireBlock { text: string; role?: string; level?: number; headers?: number[]; lead?: number; folded?: boolean }
  /** The page's visible text, its blocks, and where each piece of it stands. */
  interface PageText {
    text: string;
    /** Where each block begins, and its element. */
    blocks: { element: Element; start: number }[];
    pieces: Piece[];
    cut: boolean;
    /** How many parts of each kind could not be read. */
    unread: { frames: number; drawings: number; documents: number; closed: number };
    /** The origins of frames among that. */
    origins: string[];
    roots: ShadowRoot[];
    /** Custom elements that may yet get a shadow root, each with the block around it. */
    rootless: Map<Element, Element>;
  }
  /** Where the words directly in an element stand. */
  interface Place {
    /** The nearest block, and the nearest box, be it a block or one within a line. */
    block: Element;
    box: Element;
    /** There is room between that box and the words beside it. */
    isApart: boolean;
    /** They are struck out. */
    isStruck: boolean;
    /** They can be seen, and were not typed. */
    shows: boolean;
    /** A line break in the text is one on the screen. */
    keepsBreaks: boolean;
    /** Lines are broken in the text where they are full. */
    isTypeset: boolean;
  }
  /** What of the settings a page learns. */
  type PageSettings = Pick<Settings, 'categories' | 'marks' | 'ticks' | 'hidden'> & { muted: boolean };

  /** What the badge counts of a frame. A frame with an `error` shows nothing. */
  interface Shown { count: number; level: string; error?: string }

  var caveat: {
    isListening?: boolean;
    shown?: Shown | null;
    checkUnasked?: () => void;
    /** As when the reader asks for it. */
    check: () => any;
    words: { letters: number; names: string; foods: string; signs: string; units: string };
    dom: {
      rootOf(node: Node): any;
      isElement(node: Node): boolean;
      isConnected(node: Node): boolean;
      localName(node: Node): string;
      shadowRoot(node: Node): ShadowRoot | null;
      hasClosedRoot(element: Element): boolean;
      matches(element: Element, selector: string): boolean;
      isText(node: Node): boolean;
      hasBox(element: Element): boolean;
      isVisible(element: Element): boolean;
      attribute(element: Element, name: string): string | null;
      textContent(node: Node): string;
      previousSibling(node: Node): Node | null;
      parentOf(element: Element): Element | null;
      holderOf(text: Node): Element;
      walker(root: Node): TreeWalker;
    };
    listen(listeners: Record<string, (event: any) => void>, signal: AbortSignal): () => void;
    pause(): { isDue(): boolean; next(): Promise<void> };
    sight: {
      isSkipped(element: Element): boolean;
      isExponent(element: Element): boolean;
      isUnseenFrame(): boolean;
      place(element: Element, placeOf: (parent: Element) => Place): Place;
    };
    structure(text: string, starts: readonly { element: Element; start: number }[]): WireBlock[];
    extract: (() => Promise<PageText>) & { clean(data: string): string };
    anchor: ((page: PageText, finding: { start: number; end: number }) => Range | null) & {
      move(findings: Finding[], was: string, now: string): Finding[];
    };
    folded(): { text: string; blocks: { element: Element; start: number }[] };
    ticks: {
      show(places: { range: Range; mark: string }[], onClick: (range: Range) => void): void;
      remove(): void;
      holds(target: EventTarget | null): boolean;
    };
    choice: ((findings: Finding[], settings: PageSettings) => Finding[]) & {
      byGravity(one: { mark: string }, other: { mark: string }): number;
    };
    topic(text: string): boolean;
    language(page: PageText): Promise<string | null>;
    watch(page: { onRecords(records: MutationRecord[]): void; onChange(): Promise<boolean> }): {
      follow(page: PageText): void;
      stop(): void;
    };
    pointer: { follow(event: PointerEvent): void; press(event: MouseEvent): void };
    bringIntoSight(range: Range): void;
    sentence(text: string, finding: { start: number; end: number; quote: string }): string;
    isTicking(was: string, now: string): boolean;
    contrast(element: Element): 'light' | 'middle' | 'dark';
    highlight: {
      add(range: Range, finding: Finding): void;
      renew(range: Range, finding: Finding): void;
      remove(range: Range): void;
      clear(): void;
      follow(records: MutationRecord[]): Range[];
      keep(): void;
      has(range: Range): boolean;
      isEmpty(): boolean;
      ranges(): Range[];
      rangesAt(x: number, y: number): Range[];
      rangeOf(id: string, quote: string): Range | null;
      flash(range: Range): void;
      finding(range: Range): Finding;
    };
    card: {
      show(range: Range, findings: Finding[], how: { pinned: boolean }): void;
      close(): void;
      isPinned(): boolean;
      isAbout(range: Range): boolean;
      holds(target: EventTarget | null): boolean;
      /** Called when the reader wants to see all of the page's findings. */
      onMore: (() => void) | null;
      /** Called with a finding that the reader calls useful. */
      onUseful: ((finding: Finding) => void) | null;
      /** Called with a finding that the reader calls wrong. */
      onWrong: ((finding: Finding) => void) | null;
      /** Called with what the reader wants to see no more. */
      onHide: ((finding: Finding, scope: 'this' | 'kind' | 'site', how: { undo: boolean }) => void) | null;
    };
  };

  /** Chrome 140, Firefox 150; the library of TypeScript does not know it yet. */
  interface HighlightRegistry {
    highlightsFromPoint(x: number, y: number, options?: { shadowRoots: ShadowRoot[] }): { highlight: Highlight; ranges: Range[] }[];
  }
}
