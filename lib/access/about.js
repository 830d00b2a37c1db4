// @ts-check
import { randomUUID } from 'node:crypto'
import { clientAddress } from './address.js'

/** @typedef {import('node:http').IncomingMessage} IncomingMessage */

// Next keeps several module graphs, and all must mean the same property.
const ABOUT = Symbol.for('tailboard.about-request')

/**
 * What is known of a request beside what it says.
 *
 * @typedef {object} AboutRequest
 * @property {string} id Names the request in the answer and in the log.
 * @property {string} address Whose it is, as limits see it.
 * @property {string | undefined} refusal Why it was refused, for the log.
 * @property {((onEnd: () => void) => () => void) | undefined} onSessionEnd Where a session has let it in: calls back once
 *   that has ended. Gives what ends that.
 */

/** A request's id that a proxy may give: long enough for any tracer, and nothing that a log could stumble over. */
const REQUEST_ID = /^[\w.:+/=@-]{1,128}$/

/**
 * Gives a request its id, which a trusted proxy may have given it already.
 *
 * @param {IncomingMessage} request
 * @param {boolean} trustProxy
 * @returns {AboutRequest}
 */
export function nameRequest(request, trustProxy) {
  const given = trustProxy ? request.headers['x-request-id'] : undefined
  const id = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID()
  const about = {
    id,
    address: clientAddress(request, trustProxy),
    refusal: undefined,
    onSessionEnd: undefined,
  }
  Object.assign(request, { [ABOUT]: about })
  return about
}

/**
 * What is known of a request; undefined where the gate has not seen it.
 *
 * @param {IncomingMessage} request
 * @returns {AboutRequest | undefined}
 */
export function aboutRequest(request) {
  return /** @type {IncomingMessage & { [ABOUT]?: AboutRequest }} */ (request)[ABOUT]
}
