// @ts-check
import { PROBLEM_TITLES } from '../protocol/problem-titles.js'
import { aboutRequest } from './about.js'

/** @typedef {import('node:http').IncomingMessage} IncomingMessage */
/** @typedef {import('node:http').ServerResponse} ServerResponse */
/** @typedef {import('../protocol/problem-titles.js').ProblemStatus} ProblemStatus */

/** A client that sends on after its answer is heard out for so long, so that it reads the answer. */
const LINGER_MS = 1_000

/**
 * An error as RFC 9457 describes it.
 *
 * @param {ProblemStatus} status
 * @param {string} detail
 */
export function problemText(status, detail) {
  return JSON.stringify({ type: 'about:blank', title: PROBLEM_TITLES[status], status, detail })
}

/**
 * Answers in Next's place with a problem.
 *
 * @param {ServerResponse} response
 * @param {ProblemStatus} status
 * @param {string} detail
 * @param {Record<string, string>} headers
 */
export function refuse(response, status, detail, headers = {}) {
  const about = aboutRequest(response.req)
  if (about) about.refusal = detail
  end(
    response,
    status,
    { 'Content-Type': 'application/problem+json', ...headers },
    problemText(status, detail),
  )
}

/**
 * Sends the client elsewhere in Next's place.
 *
 * @param {ServerResponse} response
 * @param {string} location
 */
export function redirect(response, location) {
  end(response, 303, { Location: location })
}

/**
 * @param {ServerResponse} response
 * @param {number} status
 * @param {Record<string, string>} headers
 * @param {string} [body]
 */
export function end(response, status, headers, body) {
  if (response.headersSent || response.destroyed) return
  const { req: request } = response
  response.setHeader('Cache-Control', 'no-store')
  // What the client is still sending is not waited for.
  if (!request.complete && hasBody(request)) {
    response.setHeader('Connection', 'close')
    linger(request.socket)
  }
  response.writeHead(status, headers)
  response.end(request.method === 'HEAD' ? undefined : body)
}

/** @param {IncomingMessage} request */
const hasBody = ({ headers }) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

/**
 * A connection that is closed with bytes unread is reset, and the client may lose the answer. Node reads and drops what
 * follows an answer; it is given a moment to.
 *
 * @param {import('node:net').Socket} socket
 */
function linger(socket) {
  socket.destroySoon = () => {
    socket.end()
    setTimeout(() => socket.destroy(), LINGER_MS).unref()
  }
}
