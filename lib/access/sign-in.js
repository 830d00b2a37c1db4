// @ts-check
import { nextPath } from './next-path.js'

/** A token, an address and what surrounds them. */
const MAX_FORM_BYTES = 16 * 1024

/**
 * What the sign-in form says.
 *
 * @typedef {object} SignIn
 * @property {string} token
 * @property {string} next Where to go on: a path of ours.
 */

/**
 * Reads the form; undefined where it is none, is too long or the client went away.
 *
 * @param {import('node:http').IncomingMessage} request
 * @returns {Promise<SignIn | undefined>}
 */
export async function readSignIn(request) {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/x-www-form-urlencoded') return undefined
  const chunks = []
  let bytes = 0
  try {
    for await (const chunk of /** @type {AsyncIterable<Buffer>} */ (
      request.iterator({ destroyOnReturn: false })
    )) {
      bytes += chunk.length
      if (bytes > MAX_FORM_BYTES) return undefined
      chunks.push(chunk)
    }
  } catch {
    // The client went away in the middle of it.
    return undefined
  }
  const form = new URLSearchParams(Buffer.concat(chunks).toString())
  return { token: form.get('token') ?? '', next: nextPath(form.get('next')) }
}

/**
 * The address of the sign-in page that leads back to where the reader was going.
 *
 * @param {string} path With its query.
 * @param {{ isWrong?: boolean }} [how] `isWrong`: the page says that the token was.
 */
export function signInAddress(path, { isWrong = false } = {}) {
  const next = nextPath(path)
  const query = new URLSearchParams({ ...(isWrong && { wrong: '1' }), ...(next !== '/' && { next }) })
  return query.size === 0 ? '/sign-in' : `/sign-in?${query}`
}
