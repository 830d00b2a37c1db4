// @ts-check
import { randomBytes } from 'node:crypto'
import { nameRequest } from './about.js'
import { end, redirect, refuse } from './answer.js'
import { isTooLarge, MAX_BODY_BYTES, watchBody } from './body-limit.js'
import { allowOrigin, answerPreflight, isPreflight } from './cors.js'
import { pagePolicy, securityHeaders } from './headers.js'
import { otherMethods } from './methods.js'
import { nextPath } from './next-path.js'
import { hasTwoHosts, isHttps, isOwnName, originOf } from './origins.js'
import { isApiPath, isHealthPath, isPublicPath, isStaticPath } from './public-paths.js'
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

const MAX_URL_LENGTH = 8_192
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])
/** Only we say these to Next; a client that says them is not heard. */
const OURS = ['x-nonce', 'content-security-policy', 'content-security-policy-report-only']
const PROXYS = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port', 'forwarded']

const WANTS_TOKEN = { 'WWW-Authenticate': 'Bearer realm="Tailboard"' }
const WRONG_TOKEN = { 'WWW-Authenticate': 'Bearer realm="Tailboard", error="invalid_token"' }

/**
 * Everything that is asked of this server passes here first, before Next hears of it: the gate names the request, says
 * in the answer's headers what a browser may do with it, and lets it pass, or answers itself.
 */
export class Gate {
  #settings
  #isToken
  #sessions
  #sessionEnds = new SessionEnds()
  #wrongTokens

  /**
   * @param {AccessSettings} settings
   * @param {WrongTokens} wrongTokens
   */
  constructor(settings, wrongTokens = new WrongTokens()) {
    this.#settings = settings
    this.#isToken = settings.token === undefined ? undefined : tokenCheck(settings.token)
    this.#sessions = settings.token === undefined ? undefined : new Sessions(settings.token)
    this.#wrongTokens = wrongTokens
  }

  /**
   * Answers a request, or calls `pass`, at once or not at all.
   *
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   * @param {() => void} pass
   */
  enter(request, response, pass) {
    const url = request.url ?? ''
    const path = url.split('?', 1)[0] ?? ''
    const about = this.#greet(request, response, path)
    if (url.length > MAX_URL_LENGTH)
      return refuse(response, 414, `An address may have ${MAX_URL_LENGTH} characters.`)
    if (!path.startsWith('/')) return refuse(response, 400, 'The address must be a path.')
    if (!isDecodable(path))
      return refuse(response, 400, 'The address has a percent sign that begins no character.')
    if (hasTwoHosts(request)) return refuse(response, 400, 'The request names more than one host.')
    if (!isHealthPath(path) && !isOwnName(request, this.#settings)) return refuse(response, 421, NOT_OUR_NAME)
    if (isApiPath(path)) {
      if (isPreflight(request)) return answerPreflight(request, response, this.#settings)
      allowOrigin(request, response, this.#settings)
    }
    if (isTooLarge(request)) return this.#refuseBody(response)
    if (path === '/sign-in' || path === '/sign-out')
      return this.#signInOrOut(request, response, { path, about, pass })
    const others = this.#settings.isDev ? undefined : otherMethods(path, request.method)
    if (others !== undefined) return refuse(response, 405, `This path takes ${others}.`, { Allow: others })
    if (!isPublicPath(path) && !this.#isLetIn(request, response, { path, about })) return
    watchBody(request, () => this.#refuseBody(response))
    pass()
  }

  /**
   * Whether an upgrade of the connection, as development makes for its hot reload, comes from somebody who may.
   *
   * @param {IncomingMessage} request
   */
  mayUpgrade(request) {
    if (!isOwnName(request, this.#settings) || originOf(request, this.#settings) === 'foreign') return false
    return typeof this.#sessionOf(request) !== 'string'
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

  /**
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   * @param {string} path
   */
  #greet(request, response, path) {
    const { trustProxy, isDev } = this.#settings
    const about = nameRequest(request, trustProxy)
    for (const name of OURS) delete request.headers[name]
    if (!trustProxy) for (const name of PROXYS) delete request.headers[name]
    request.headers['x-request-id'] = about.id
    response.setHeader('X-Request-Id', about.id)
    const kind = isApiPath(path) ? 'api' : isStaticPath(path) ? 'static' : 'page'
    let policy
    if (kind === 'page') {
      const nonce = randomBytes(16).toString('base64')
      policy = pagePolicy(nonce, isDev)
      // Next takes the nonce for its own scripts out of the policy; the layout is told it for others.
      request.headers['content-security-policy'] = policy
      request.headers['x-nonce'] = nonce
    }
    const headers = securityHeaders({ kind, isHttps: isHttps(request, this.#settings), policy })
    for (const name in headers) response.setHeader(name, /** @type {string} */ (headers[name]))
    return about
  }

  /**
   * Whether a request may pass; where not, it has been answered.
   *
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   * @param {{ path: string, about: AboutRequest }} what
   */
  #isLetIn(request, response, { path, about }) {
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
  #signInOrOut(request, response, { path, about, pass }) {
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

  /** @param {ServerResponse} response */
  #refuseBody(response) {
    refuse(response, 413, `A body may have ${MAX_BODY_BYTES} bytes.`)
  }
}

const SIGN_IN = 'This wants the access token: Authorization: Bearer TOKEN, or a browser that has signed in.'
const FOREIGN = 'Only pages of this server may ask for this. ALLOWED_ORIGINS names others that may.'
const NOT_OUR_NAME =
  'This server listens on this machine only and does not know the host that was asked for. Behind a proxy set TRUST_PROXY=on.'

/**
 * Next answers what it cannot decode with 500.
 *
 * @param {string} path
 */
function isDecodable(path) {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}
