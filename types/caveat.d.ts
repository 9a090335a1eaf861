/**
 * What `tsc` must be told about the extension: the scripts of content/ are no modules but share
 * `globalThis.caveat`. Nothing here is shipped.
 */
import type { Finding as AnyFinding, Report as AnyReport } from '../extension/lib/report.js';

declare global {
  type Finding = AnyFinding;
  type PageReport = AnyReport; // the DOM has a Report of its own

  /** A text node and its place in the text. */
  interface Piece { node: Text; start: number; end: number }
  /** The page's visible text, and where each piece of it stands. */
  interface PageText { text: string; pieces: Piece[]; cut: boolean }

  var caveat: {
    isListening?: boolean;
    checkUnasked?: () => void;
    extract: (() => PageText) & { clean(data: string): string };
    anchor(page: PageText, finding: { start: number; end: number }): Range | null;
    highlight: {
      add(range: Range, finding: Finding): void;
      clear(): void;
      rangesAt(x: number, y: number): Range[];
      rangeOf(id: string): Range | null;
      flash(range: Range): void;
      finding(range: Range): Finding;
    };
    card: {
      show(range: Range, findings: Finding[], how: { pinned: boolean }): void;
      close(): void;
      isPinned(): boolean;
      isAbout(range: Range): boolean;
      holds(target: EventTarget | null): boolean;
      /** Called with what the reader wants to see no more. */
      onHide: ((finding: Finding, scope: 'this' | 'kind' | 'site') => void) | null;
    };
  };

  /** Chrome 140, Firefox 150; the library of TypeScript does not know it yet. */
  interface HighlightRegistry {
    highlightsFromPoint(x: number, y: number, options?: { shadowRoots: ShadowRoot[] }): { highlight: Highlight; ranges: Range[] }[];
  }
}
