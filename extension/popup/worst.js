/** The three sentences of the page that matter most, each as the way to its place. */
import { button, byId, element, renew } from '../lib/dom.js';
import { findingsCounted, t } from '../lib/i18n.js';
import { worst } from '../lib/order.js';
import { rove, welcome } from '../lib/rove.js';
import { markOf } from '../lib/words.js';

/** @typedef {import('../lib/frames.js').FramedFinding} FramedFinding */

const MOST = 3;
/** Of a long sentence so much is shown before the words that were found. */
const BEFORE = 40;

/**
 * @param {FramedFinding[]} findings  those that are shown on the page
 * @param {(finding: FramedFinding) => Promise<string>} sentenceOf
 * @param {(finding: FramedFinding) => void} reveal
 */
export async function showWorst(findings, sentenceOf, reveal) {
  const chosen = worst(findings, MOST);
  const sentences = await Promise.all(chosen.map(sentenceOf));
  byId('all').textContent = findings.length > 0 ? t('show_all', findingsCounted(findings.length)) : t('show_more');
  renew(byId('findings'), chosen.map((finding, index) => item(finding, sentences[index], () => reveal(finding))), byId('all'));
  byId('findings').hidden = chosen.length === 0;
  welcome(byId('findings'));
}

/** @param {FramedFinding} finding @param {string} sentence @param {() => void} reveal */
function item({ id, mark, quote }, sentence, reveal) {
  const way = button('', reveal, { id: `finding-${id}`, tabindex: '-1', title: sentence });
  way.append(element('span', { class: 'quote', dir: 'auto' }, markOf(mark), ' ', ...around(sentence, quote)));
  return element('li', {}, way);
}

/** The sentence, quiet but for the words that were found. @param {string} sentence @param {string} quote @returns {(Node|string)[]} */
function around(sentence, quote) {
  const at = sentence.indexOf(quote);
  if (at === -1) return [quote];
  const from = at > BEFORE ? sentence.indexOf(' ', at - BEFORE) + 1 : 0;
  const quiet = (/** @type {string} */ words) => element('span', { class: 'quiet' }, words);
  return [quiet(`${from > 0 ? '… ' : ''}${sentence.slice(from, at)}`), quote, quiet(sentence.slice(at + quote.length))];
}

rove(byId('findings'));
