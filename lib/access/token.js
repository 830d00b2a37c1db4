// @ts-check
import { createHash, timingSafeEqual } from 'node:crypto'

/** @param {string} text */
const digest = (text) => createHash('sha256').update(text).digest()

/**
 * A check of what is given against the token. It takes the same time for all that is given of one length: digests are
 * compared, which are equally long, and all of their bytes.
 *
 * @param {string} token
 * @returns {(given: string) => boolean}
 */
export function tokenCheck(token) {
  const own = digest(token)
  return (given) => timingSafeEqual(own, digest(given))
}

/**
 * The token in an `Authorization` header; undefined where there is none of the kind `Bearer`. One that is malformed is
 * the empty token, which is never right.
 *
 * @param {string | undefined} header
 * @returns {string | undefined}
 */
export function bearerToken(header) {
  if (header === undefined || !/^bearer(\s|$)/i.test(header)) return undefined
  return /^bearer +([\x21-\x7e]+) *$/i.exec(header)?.[1] ?? ''
}
