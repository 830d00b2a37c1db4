// @ts-check
import { end, refuse } from './answer.js'
import { originOf } from './origins.js'

/** @typedef {import('node:http').IncomingMessage} IncomingMessage */
/** @typedef {import('node:http').ServerResponse} ServerResponse */
/** @typedef {import('./settings.js').AccessSettings} AccessSettings */

const METHODS = 'GET, HEAD, POST'
const REQUEST_HEADERS = 'Authorization, Content-Type, Idempotency-Key, Last-Event-ID, X-Request-Id'
/** What a page may read of an answer beside what any page may. */
const RESPONSE_HEADERS = 'Retry-After, X-Request-Id, X-Timestamp'
/** Browsers keep it for two hours at most. */
const KEEP_S = '7200'

/**
 * The question that a browser asks before a page of another origin may ask its own.
 *
 * @param {IncomingMessage} request
 */
export function isPreflight({ method, headers }) {
  return (
    method === 'OPTIONS' &&
    headers.origin !== undefined &&
    headers['access-control-request-method'] !== undefined
  )
}

/**
 * Lets pages of listed origins read the answer. Others get the same answer, and their browsers keep it from them.
 *
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 * @param {AccessSettings} settings
 */
export function allowOrigin({ headers: { origin } }, response, { origins }) {
  if (origins.size === 0) return
  // The answer differs by origin, for caches too.
  response.setHeader('Vary', 'Origin')
  if (origin === undefined || !origins.has(origin)) return
  response.setHeader('Access-Control-Allow-Origin', origin)
  response.setHeader('Access-Control-Allow-Credentials', 'true')
  response.setHeader('Access-Control-Expose-Headers', RESPONSE_HEADERS)
}

/**
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 * @param {AccessSettings} settings
 */
export function answerPreflight(request, response, settings) {
  allowOrigin(request, response, settings)
  if (originOf(request, settings) === 'foreign')
    return refuse(response, 403, 'ALLOWED_ORIGINS does not name the origin of this page.')
  end(response, 204, {
    'Access-Control-Allow-Methods': METHODS,
    'Access-Control-Allow-Headers': REQUEST_HEADERS,
    'Access-Control-Max-Age': KEEP_S,
  })
}
