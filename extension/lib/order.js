/** Findings in the order in which they matter to a reader. */
import { MARKS } from './contract.js';

/**
 * What is to be checked comes first, then what a grave fact stands against, then what stands first on the page.
 * @param {import('./report.js').Finding} one @param {import('./report.js').Finding} other
 */
export const worse = (one, other) => MARKS.indexOf(one.mark) - MARKS.indexOf(other.mark)
  || Number(other.facts[0]?.severity === 'major') - Number(one.facts[0]?.severity === 'major')
  || one.start - other.start;

/**
 * The worst ones, no two of the same words.
 * @param {import('./frames.js').FramedFinding[]} findings
 * @param {number} most
 */
export function worst(findings, most) {
  /** @type {import('./frames.js').FramedFinding[]} */
  const taken = [];
  for (const finding of findings.toSorted(worse)) {
    if (taken.length === most) break;
    const { frameId, start, end } = finding;
    if (!taken.some((other) => other.frameId === frameId && other.start < end && start < other.end)) taken.push(finding);
  }
  return taken;
}
