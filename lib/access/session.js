// @ts-check
import { createHmac, scryptSync, timingSafeEqual } from 'node:crypto'

/** How long a browser stays signed in without being used. */
export const SESSION_S = 30 * 24 * 60 * 60
/** A session is made anew at the first use after so long, so that a page on a wall stays signed in for years. */
const RENEW_AFTER_S = SESSION_S / 2

/**
 * Sessions without a store: a cookie is an expiry and its HMAC, under a key that is derived from the token. Any replica
 * with the same token accepts it, another token ends all sessions, and nobody can read the token out of a cookie: the
 * derivation is slow (scrypt), so that guessing a weak one by it is slow as well.
 */
export class Sessions {
  #key

  /** @param {string} token */
  constructor(token) {
    this.#key = scryptSync(token, 'tailboard.session.1', 32)
    /** Cookies know no ports: two Tailboards on one machine must not take each other's away. */
    this.cookieName = `tailboard_${this.#sign('name').slice(0, 8).replaceAll('-', '_')}`
  }

  /**
   * The cookie for a browser that has given the token.
   *
   * @param {{ nowMs: number, isHttps: boolean }} when
   */
  cookie({ nowMs, isHttps }) {
    const expiry = String(Math.floor(nowMs / 1000) + SESSION_S)
    return this.#setCookie(`${expiry}.${this.#sign(expiry)}`, SESSION_S, isHttps)
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
   * What a request's cookies are worth: `old` ones are right and to be renewed.
   *
   * @param {string | undefined} header
   * @param {number} nowMs
   * @returns {'none' | 'wrong' | 'right' | 'old'}
   */
  check(header, nowMs) {
    const values = cookiesOf(header, this.cookieName)
    if (values.length === 0) return 'none'
    for (const value of values) {
      const [, expiry = '', signature = ''] = /^(\d{1,12})\.([\w-]{43})$/.exec(value) ?? []
      if (!timingSafeEqual(Buffer.from(this.#sign(expiry)), Buffer.from(signature.padEnd(43)))) continue
      const leftS = Number(expiry) - nowMs / 1000
      if (leftS > 0) return leftS < SESSION_S - RENEW_AFTER_S ? 'old' : 'right'
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
