// @ts-check
import { problemText } from './answer.js'

/** @typedef {import('../protocol/problem-titles.js').ProblemStatus} ProblemStatus */
/** @typedef {[status: ProblemStatus, line: string, detail: string]} BadRequest */

/** @type {Record<string, BadRequest>} */
const ANSWERS = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', 'The headers are too large.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'Payload Too Large', 'The body is too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'The request took too long to come.'],
}
/** @type {BadRequest} */
const LONG_ADDRESS = [414, 'URI Too Long', 'The address is too long.']
/** @type {BadRequest} */
const NO_REQUEST = [400, 'Bad Request', 'This is no HTTP request.']

/**
 * The answer to bytes that are no request, or that did not become one in time, as they go to the socket.
 *
 * @param {Error & { code?: string, rawPacket?: Buffer }} error
 * @returns {string}
 */
export function badRequestText({ code = '', rawPacket }) {
  const isLongAddress =
    code === 'HPE_HEADER_OVERFLOW' && /^[A-Z]+ \S{8192}/.test(rawPacket?.toString('latin1') ?? '')
  const [status, line, detail] = (isLongAddress ? LONG_ADDRESS : ANSWERS[code]) ?? NO_REQUEST
  const body = problemText(status, detail)
  return [
    `HTTP/1.1 ${status} ${line}`,
    'Connection: close',
    'Content-Type: application/problem+json',
    'X-Content-Type-Options: nosniff',
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n')
}
