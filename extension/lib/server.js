/** The one file that speaks to a server. */
import { api } from './api.js';
import { readFormula } from './formula.js';
import { BLOCKED } from './ports.js';
import { BadReply, readReport } from './report.js';
import { load } from './settings.js';

/** The oldest server that understands this extension, and is understood. */
const LOWEST_VERSION = '0.2.0';
const HEALTH_TIMEOUT_MS = 3_000;
/** Browsers stop an idle background after 30 seconds, so an answer must come sooner. */
const ANSWER_TIMEOUT_MS = 25_000;

/** Why there is no report. Each code has its words in _locales: `error_<code>`. */
export class Failure extends Error {
  /**
   * @param {'unreachable'|'timeout'|'wrong-server'|'starting'|'old-version'|'token-wanted'|'rejected'|'bad-reply'
   *   |'not-local'|'not-safe'|'not-permitted'|'muted'|'too-often'|'wrong-token'|'blocked-port'} code
   * @param {string} [detail]
   */
  constructor(code, detail = '') {
    super(`${code} ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}

/**
 * Has the server read a page.
 * @param {WireBlock[]} blocks  those that are folded away come last; the report's offsets count in their texts, joined with line breaks
 * @returns {Promise<import('./report.js').Report>}
 * @throws {Failure}
 */
export async function analyze(blocks) {
  return read(await ask('/v1/analyze', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ blocks }),
  }), (reply) => readReport(reply, joined(blocks), joined(blocks.filter(({ folded }) => !folded)).length));
}

/** @param {WireBlock[]} blocks */
const joined = (blocks) => blocks.map(({ text }) => text).join('\n');

/**
 * How the score is made.
 * @returns {Promise<import('./formula.js').Formula>}
 * @throws {Failure}
 */
export async function formula() {
  return read(await ask('/v1/rules'), readFormula);
}

/**
 * How the server is: `status` is "ready", or the code of what is wrong.
 * @returns {Promise<{status: string, detail: string, version: string, where: string}>}
 */
export async function health() {
  const { server, token, remote } = await load();
  try {
    const origin = await allowedOrigin(server, token, remote);
    const { version } = await requireCaveat(origin, token);
    // Health is told to everybody; only another question shows whether a token is wanted.
    await json(await call(`${origin}/v1/rules`, HEALTH_TIMEOUT_MS, token));
    return { status: 'ready', detail: '', version, where: origin };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { status: error.code, detail: error.detail, version: '', where: server };
  }
}

/** Asks the server who it is first: the text of a page goes to Caveat's own server or to nobody. @param {string} path @param {RequestInit} [options] */
async function ask(path, options) {
  const { server, token, remote } = await load();
  const origin = await allowedOrigin(server, token, remote);
  await requireCaveat(origin, token);
  const response = await call(`${origin}${path}`, ANSWER_TIMEOUT_MS, token, options);
  const reply = await json(response);
  if (response.ok) return reply;
  throw typeof reply?.detail === 'string' ? new Failure('rejected', reply.detail) : new Failure('bad-reply');
}

/** @template T @param {unknown} reply @param {(reply: any) => T} reader @returns {T} */
function read(reply, reader) {
  try {
    return reader(reply);
  } catch (error) {
    if (error instanceof BadReply) throw new Failure('bad-reply', error.message);
    throw error;
  }
}

/**
 * Where text may go. The content security policy has to let all of https through, as it cannot know the reader's server.
 * So this is where it is decided.
 * @param {string} server
 * @param {string} token
 * @param {boolean} remote
 */
async function allowedOrigin(server, token, remote) {
  const reason = reasonNotToUse({ server, token, remote });
  if (reason) throw new Failure(reason, server);
  // The reader can take any permission back in the browser's own settings.
  if (!(await api.permissions.contains({ origins: [serverPattern(server)] }))) throw new Failure('not-permitted', server);
  return new URL(server).origin;
}

/**
 * Why text may not go to an address: it goes to this computer, unless the reader has said otherwise; then over https and
 * with a token.
 * @param {Pick<import('./settings.js').Settings, 'server'|'token'|'remote'>} settings
 */
export function reasonNotToUse({ server, token, remote }) {
  const url = URL.parse(server);
  if (BLOCKED.has(Number(url?.port))) return 'blocked-port';
  if (url?.protocol === 'http:' && url.hostname === '127.0.0.1') return null;
  if (!remote) return 'not-local';
  return url?.protocol === 'https:' && token !== '' ? null : 'not-safe';
}

/** The permission that speaking to a server takes, for `permissions.request`. @param {string} server */
export function serverPattern(server) {
  const { protocol, hostname } = new URL(server);
  return `${protocol}//${hostname}/*`; // Firefox knows no ports in patterns: without one, all match
}

/**
 * The server shows first that it knows the token; only then is it told.
 * @param {string} origin @param {string} token @returns {Promise<{version: string}>}
 */
async function requireCaveat(origin, token) {
  const nonce = crypto.randomUUID();
  const reply = await json(await call(`${origin}/v1/health?nonce=${nonce}`, HEALTH_TIMEOUT_MS, ''));
  if (reply?.name !== 'caveat' || typeof reply.version !== 'string') throw new Failure('wrong-server');
  if (token !== '' && reply.proof !== await proofOf(token, nonce)) throw new Failure('wrong-token');
  if (isOlder(reply.version, LOWEST_VERSION)) throw new Failure('old-version', reply.version);
  if (reply.ready !== true) throw new Failure('starting');
  return { version: reply.version };
}

/** What a server that knows the token makes of a nonce: an HMAC-SHA256 in hexadecimal. @param {string} token @param {string} nonce */
async function proofOf(token, nonce) {
  const bytes = (/** @type {string} */ text) => new TextEncoder().encode(text);
  const key = await crypto.subtle.importKey('raw', bytes(token), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const proof = new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes(`caveat ${nonce}`)));
  return Array.from(proof, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** "0.9.1" is older than "0.10.0". @param {string} version @param {string} lowest */
function isOlder(version, lowest) {
  return version.localeCompare(lowest, 'en', { numeric: true }) < 0;
}

/** @param {string} url @param {number} milliseconds @param {string} token @param {RequestInit} [options] */
async function call(url, milliseconds, token, options = {}) {
  const headers = { .../** @type {any} */ (options.headers), ...(token && { Authorization: `Bearer ${asBytes(token)}` }) };
  let response;
  try {
    const signal = AbortSignal.timeout(milliseconds);
    response = await fetch(url, { ...options, headers, signal, redirect: 'error', credentials: 'omit', cache: 'no-store' });
  } catch (error) {
    throw new Failure(/** @type {Error} */ (error).name === 'TimeoutError' ? 'timeout' : 'unreachable', new URL(url).origin);
  }
  if (response.status === 401) throw new Failure('token-wanted');
  return response;
}

/** Headers hold bytes, not characters: those of the text in UTF-8, as the server reads it. @param {string} text */
const asBytes = (text) => String.fromCharCode(...new TextEncoder().encode(text));

/** The body as JSON, or undefined when it is none. @param {Response} response */
async function json(response) {
  try {
    return await response.json();
  } catch (error) {
    if (/** @type {Error} */ (error).name === 'TimeoutError') throw new Failure('timeout', new URL(response.url).origin);
    return undefined;
  }
}
