import { api } from './api.js';
import { BadReply, readReport } from './report.js';

const DEFAULT_SERVER = 'http://127.0.0.1:5055';
const HEALTH_TIMEOUT_MS = 3_000;
/** Browsers stop an idle background after 30 seconds, so an answer must come sooner. */
const ANALYZE_TIMEOUT_MS = 25_000;

/** Why there is no report. Each code has its words in _locales: `error_<code>`. */
export class Failure extends Error {
  /**
   * @param {'unreachable'|'timeout'|'wrong-server'|'starting'|'rejected'|'bad-reply'|'not-local'} code
   * @param {string} [detail]
   */
  constructor(code, detail = '') {
    super(`${code} ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}

/** Where the server is; the setting `server` overrides the default. @returns {Promise<string>} */
export async function serverAddress() {
  const { server } = /** @type {{server: string}} */ (await api.storage.local.get({ server: DEFAULT_SERVER }));
  return server;
}

/**
 * Has the server read a text. It is asked who it is first: the text of a page goes to Caveat's own
 * server or to nobody.
 * @param {string} text
 * @returns {Promise<import('./report.js').Report>}
 * @throws {Failure}
 */
export async function analyze(text) {
  const origin = loopbackOrigin(await serverAddress());
  await requireCaveat(origin);
  const response = await call(`${origin}/v1/analyze`, ANALYZE_TIMEOUT_MS, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ text }),
  });
  const reply = await json(response);
  if (!response.ok) {
    throw typeof reply?.detail === 'string' ? new Failure('rejected', reply.detail) : new Failure('bad-reply');
  }
  try {
    return readReport(reply, text);
  } catch (error) {
    if (error instanceof BadReply) throw new Failure('bad-reply', error.message);
    throw error;
  }
}

/** @param {string} origin */
async function requireCaveat(origin) {
  const health = await json(await call(`${origin}/v1/health`, HEALTH_TIMEOUT_MS));
  if (health?.name !== 'caveat') throw new Failure('wrong-server');
  if (health.ready !== true) throw new Failure('starting');
}

/** @param {string} address */
function loopbackOrigin(address) {
  const url = URL.parse(address);
  if (url?.protocol !== 'http:' || url.hostname !== '127.0.0.1') throw new Failure('not-local', String(address));
  return url.origin;
}

/** @param {string} url @param {number} milliseconds @param {RequestInit} [options] */
async function call(url, milliseconds, options = {}) {
  try {
    const signal = AbortSignal.timeout(milliseconds);
    return await fetch(url, { ...options, signal, redirect: 'error', credentials: 'omit', cache: 'no-store' });
  } catch (error) {
    throw new Failure(/** @type {Error} */ (error).name === 'TimeoutError' ? 'timeout' : 'unreachable');
  }
}

/** The body as JSON, or undefined when it is none. @param {Response} response */
async function json(response) {
  try {
    return await response.json();
  } catch (error) {
    if (/** @type {Error} */ (error).name === 'TimeoutError') throw new Failure('timeout');
    return undefined;
  }
}
