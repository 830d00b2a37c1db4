// @ts-check
import { randomBytes } from 'node:crypto'
import { nameRequest } from './about.js'
import { refuse } from './answer.js'
import { isTooLarge, MAX_BODY_BYTES, watchBody } from './body-limit.js'
import { allowOrigin, answerPreflight, isPreflight } from './cors.js'
import { Door } from './door.js'
import { pagePolicy, securityHeaders } from './headers.js'
import { otherMethods } from './methods.js'
import { hasTwoHosts, isHttps, isOwnName, originOf } from './origins.js'
import { isApiPath, isHealthPath, isPublicPath, isStaticPath } from './public-paths.js'

/** @typedef {import('node:http').IncomingMessage} IncomingMessage */
/** @typedef {import('node:http').ServerResponse} ServerResponse */
/** @typedef {import('./settings.js').AccessSettings} AccessSettings */

const MAX_URL_LENGTH = 8_192
/** Only we say these to Next; a client that says them is not heard. */
const OURS = ['x-nonce', 'content-security-policy', 'content-security-policy-report-only']
const PROXYS = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port', 'forwarded']

/**
 * Everything that is asked of this server passes here first, before Next hears of it: the gate names the request, says
 * in the answer's headers what a browser may do with it, and lets it pass, or answers itself.
 */
export class Gate {
  #settings
  #door

  /** @param {AccessSettings} settings */
  constructor(settings) {
    this.#settings = settings
    this.#door = new Door(settings)
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
      return this.#door.signInOrOut(request, response, { path, about, pass })
    const others = this.#settings.isDev ? undefined : otherMethods(path, request.method)
    if (others !== undefined) return refuse(response, 405, `This path takes ${others}.`, { Allow: others })
    if (!isPublicPath(path) && !this.#door.isLetIn(request, response, { path, about })) return
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
    return this.#door.isKnown(request)
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

  /** @param {ServerResponse} response */
  #refuseBody(response) {
    refuse(response, 413, `A body may have ${MAX_BODY_BYTES} bytes.`)
  }
}

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
