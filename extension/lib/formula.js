/**
 * How the score is made: the numbers that the server publishes under `risk`, such as the points of each category.
 *
 * @typedef {number | {[name: string]: Numbers}} Numbers
 * @typedef {{[name: string]: Numbers, points: Record<string, Record<string, number>>}} Formula
 */
import { BadReply } from './report.js';

const MAX_DEPTH = 4;

/**
 * @param {any} reply  the parsed JSON
 * @returns {Formula}
 * @throws {BadReply}
 */
export function readFormula(reply) {
  const risk = numbersIn(reply?.risk, MAX_DEPTH);
  const isRight = (/** @type {any} */ bySeverity) => {
    const points = typeof bySeverity === 'object' ? Object.values(bySeverity) : [];
    return points.length > 0 && points.every(Number.isFinite);
  };
  const categories = Object.values(risk?.points ?? {});
  if (categories.length === 0 || !categories.every(isRight)) throw new BadReply('risk.points is missing');
  return risk;
}

/** Keeps numbers and what holds numbers; undefined for all else. @param {any} value @param {number} depth @returns {any} */
function numbersIn(value, depth) {
  if (Number.isFinite(value)) return value;
  if (depth === 0 || typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const read = Object.entries(value).map(([name, inner]) => [name, numbersIn(inner, depth - 1)]);
  return Object.fromEntries(read.filter(([, inner]) => inner !== undefined));
}
