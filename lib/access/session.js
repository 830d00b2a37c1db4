// @ts-check
import { createHmac, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'

/** How long a browser stays signed in without being used. */
export const SESSION_S = 30 * 24 * 60 * 60
/** A session is made anew at the first use after so long, so that a page on a wall stays signed in for years. */
const RENEW_AFTER_S = SESSION_S / 2
const COOKIE = /^((\d{1,12})\.([\w-]{22}))\.([\w-]{43})$/

/**
 * What a right cookie says.
 *
 * @typedef {object} Session
 * @property {string} id Of one sign-in: cookies that renew it have the same.
 * @property {boolean} isOld It is to be renewed.
 * @property {number} untilMs When a stream that it has opened is to end, so that its reader comes again: to have it
 *   renewed, or because it is over.
 */

/**
 * Sessions without a store: a cookie is an expiry, the session's id and the HMAC of both, under a key that is derived
 * from the token. Any replica with the same token accepts it, another token ends all sessions, and nobody can read the
 * token out of a cookie: the derivation is slow (scrypt), so that guessing a weak one by it is slow as well.
 */
export class Sessions {
  #key

  /** @param {string} token */
  constructor(token) {
    this.#key = scryptSync(token, 'tailboard.session.2', 32)
    /** Cookies know no ports: two Tailboards on one machine must not take each other's away. */
    this.cookieName = `tailboard_${this.#sign('name').slice(0, 8).replaceAll('-', '_')}`
  }

  /**
   * The cookie for a browser that has given the token, or one that renews the session `id`.
   *
   * @param {{ nowMs: number, isHttps: boolean, id?: string | undefined }} when
   */
  cookie({ nowMs, isHttps, id = randomBytes(16).toString('base64url') }) {
    const signed = `${Math.floor(nowMs / 1000) + SESSION_S}.${id}`
    return this.#setCookie(`${signed}.${this.#sign(signed)}`, SESSION_S, isHttps)
  }

  /**
   * Takes the cookie away.
   *
   * @param {boolean} isHttps
   */
  clearedCookie(isHttps) {
    return this.#setCookie('', 0, isHttps)
  }

  /**
   * The session that a request's cookies stand for.
   *
   * @param {string | undefined} header
   * @param {number} nowMs
   * @returns {Session | 'none' | 'wrong'}
   */
  check(header, nowMs) {
    const values = cookiesOf(header, this.cookieName)
    if (values.length === 0) return 'none'
    for (const value of values) {
      const [, signed = '', expiry = '', id = '', signature = ''] = COOKIE.exec(value) ?? []
      if (!timingSafeEqual(Buffer.from(this.#sign(signed)), Buffer.from(signature.padEnd(43)))) continue
      const endMs = Number(expiry) * 1000
      if (endMs <= nowMs) continue
      const renewMs = endMs - (SESSION_S - RENEW_AFTER_S) * 1000
      const isOld = renewMs < nowMs
      return { id, isOld, untilMs: isOld ? endMs : renewMs }
    }
    return 'wrong'
  }

  /** @param {string} text */
  #sign(text) {
    return createHmac('sha256', this.#key).update(text).digest('base64url')
  }

  /**
   * @param {string} value
   * @param {number} maxAgeS
   * @param {boolean} isHttps
   */
  #setCookie(value, maxAgeS, isHttps) {
    const secure = isHttps ? '; Secure' : ''
    return `${this.cookieName}=${value}; Path=/; Max-Age=${maxAgeS}; HttpOnly; SameSite=Strict${secure}`
  }
}

/**
 * @param {string | undefined} header
 * @param {string} name
 */
function cookiesOf(header, name) {
  return (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
}
