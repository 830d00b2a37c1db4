// @ts-check
import { end, redirect, refuse } from './answer.js'
import { nextPath } from './next-path.js'
import { isHttps, originOf } from './origins.js'
import { isApiPath } from './public-paths.js'
import { Sessions } from './session.js'
import { SessionEnds } from './session-ends.js'
import { readSignIn, signInAddress } from './sign-in.js'
import { bearerToken, tokenCheck } from './token.js'
import { WrongTokens } from './wrong-tokens.js'

/** @typedef {import('node:http').IncomingMessage} IncomingMessage */
/** @typedef {import('node:http').ServerResponse} ServerResponse */
/** @typedef {import('./settings.js').AccessSettings} AccessSettings */
/** @typedef {import('./about.js').AboutRequest} AboutRequest */
/** @typedef {import('./session.js').Session} Session */

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

const WANTS_TOKEN = { 'WWW-Authenticate': 'Bearer realm="Tailboard"' }
const WRONG_TOKEN = { 'WWW-Authenticate': 'Bearer realm="Tailboard", error="invalid_token"' }
const SIGN_IN = 'This wants the access token: Authorization: Bearer TOKEN, or a browser that has signed in.'
const FOREIGN = 'Only pages of this server may ask for this. ALLOWED_ORIGINS names others that may.'

/** Who is let in: by the token, by a session that was given for it, or anybody where there is no token. */
export class Door {
  #settings
  #isToken
  #sessions
  #sessionEnds = new SessionEnds()
  #wrongTokens = new WrongTokens()

  /** @param {AccessSettings} settings */
  constructor(settings) {
    this.#settings = settings
    this.#isToken = settings.token === undefined ? undefined : tokenCheck(settings.token)
    this.#sessions = settings.token === undefined ? undefined : new Sessions(settings.token)
  }

  /**
   * Whether somebody with a right session asks, or none is wanted.
   *
   * @param {IncomingMessage} request
   */
  isKnown(request) {
    return typeof this.#sessionOf(request) !== 'string'
  }

  /**
   * Whether a request may pass; where not, it has been answered.
   *
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   * @param {{ path: string, about: AboutRequest }} what
   */
  isLetIn(request, response, { path, about }) {
    const bearer = this.#isToken && bearerToken(request.headers.authorization)
    if (bearer !== undefined) {
      if (this.#isToken?.(bearer)) return true
      this.#answerWrong(response, about, () => refuse(response, 401, 'The token is wrong.', WRONG_TOKEN))
      return false
    }
    const session = this.#sessionOf(request)
    if (typeof session === 'string') {
      const isPage = !isApiPath(path) && (request.method === 'GET' || request.method === 'HEAD')
      if (isPage) redirect(response, signInAddress(request.url ?? ''))
      else refuse(response, 401, SIGN_IN, WANTS_TOKEN)
      return false
    }
    if (!this.#isOwnWish(request, session !== undefined)) {
      refuse(response, 403, FOREIGN)
      return false
    }
    if (session) about.onSessionEnd = (onEnd) => this.#sessionEnds.watch(session, onEnd)
    if (session?.isOld) this.#setSession(request, response, session.id)
    return true
  }

  /**
   * Whether what changes something is wished by who sends it: a browser sends its cookies, and reaches into its
   * reader's network, for pages of any site.
   *
   * @param {IncomingMessage} request
   * @param {boolean} hasCookie
   */
  #isOwnWish(request, hasCookie) {
    if (SAFE_METHODS.has(request.method ?? '')) return true
    const origin = originOf(request, this.#settings)
    return origin === 'none' ? !hasCookie : origin !== 'foreign'
  }

  /**
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   * @param {{ path: string, about: AboutRequest, pass: () => void }} what
   */
  signInOrOut(request, response, { path, about, pass }) {
    if (!this.#sessions) return redirect(response, '/')
    if (request.method === 'POST') {
      if (originOf(request, this.#settings) === 'foreign') return refuse(response, 403, FOREIGN)
      if (path === '/sign-in') void this.#signIn(request, response, about)
      else this.#signOut(request, response)
      return
    }
    if (path === '/sign-out' || (request.method !== 'GET' && request.method !== 'HEAD'))
      return refuse(response, 405, 'Use POST.', { Allow: path === '/sign-out' ? 'POST' : 'GET, HEAD, POST' })
    const isIn = typeof this.#sessionOf(request) === 'object'
    if (isIn) redirect(response, nextPath(new URLSearchParams(request.url?.split('?')[1]).get('next')))
    else pass()
  }

  /**
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   * @param {AboutRequest} about
   */
  async #signIn(request, response, about) {
    const form = await readSignIn(request)
    if (!form) return refuse(response, 415, 'Send the fields token and next as a form.')
    // A script is answered with a status; a form without scripts goes on by redirects.
    const isForm = request.headers.accept?.includes('text/html') ?? false
    if (this.#isToken?.(form.token)) {
      this.#setSession(request, response)
      return isForm ? redirect(response, form.next) : end(response, 204, {})
    }
    this.#answerWrong(response, about, () => {
      if (isForm) redirect(response, signInAddress(form.next, { isWrong: true }))
      else refuse(response, 401, 'The token is wrong.', WRONG_TOKEN)
    })
  }

  /**
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   */
  #signOut(request, response) {
    const session = this.#sessionOf(request)
    if (typeof session === 'object') this.#sessionEnds.signOut(session.id)
    response.setHeader('Set-Cookie', this.#sessions?.clearedCookie(isHttps(request, this.#settings)) ?? '')
    redirect(response, '/sign-in')
  }

  /**
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   * @param {string} [id] Of the session that is renewed.
   */
  #setSession(request, response, id) {
    const { origin } = request.headers
    const secure = isHttps(request, this.#settings) || Boolean(origin?.startsWith('https:'))
    const cookie = this.#sessions?.cookie({ nowMs: Date.now(), isHttps: secure, id })
    if (cookie) response.setHeader('Set-Cookie', cookie)
  }

  /**
   * @param {ServerResponse} response
   * @param {AboutRequest} about
   * @param {() => void} answer
   */
  #answerWrong(response, about, answer) {
    const punishment = this.#wrongTokens.punish(about.address, Date.now())
    if (!punishment) return refuse(response, 429, 'Too many wrong tokens.', { 'Retry-After': '10' })
    const timer = setTimeout(() => {
      punishment.release()
      answer()
    }, punishment.delayMs)
    response.once('close', () => {
      clearTimeout(timer)
      punishment.release()
    })
  }

  /**
   * The session that lets a request in; undefined where none is wanted.
   *
   * @param {IncomingMessage} request
   * @returns {Session | 'none' | 'wrong' | undefined}
   */
  #sessionOf(request) {
    const session = this.#sessions?.check(request.headers.cookie, Date.now())
    return typeof session === 'object' && this.#sessionEnds.isSignedOut(session.id) ? 'wrong' : session
  }
}
