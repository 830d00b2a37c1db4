// @ts-check
import { lastOf } from './address.js'

/** @typedef {import('node:http').IncomingMessage} IncomingMessage */
/** @typedef {import('./settings.js').AccessSettings} AccessSettings */

const LOOPBACK = /^(localhost|([\w-]+\.)*localhost|127(\.\d{1,3}){3}|\[::1\])$/i

/**
 * The host that the client has asked for.
 *
 * @param {IncomingMessage} request
 * @param {AccessSettings} settings
 */
export function askedHost({ headers }, { trustProxy }) {
  return (trustProxy ? lastOf(headers['x-forwarded-host']) : undefined) ?? headers.host ?? ''
}

/**
 * Where a request comes from: `own` pages, pages of a `listed` origin, `foreign` ones, or `none`, which is a program or
 * a person who typed an address.
 *
 * @param {IncomingMessage} request
 * @param {AccessSettings} settings
 * @returns {'own' | 'listed' | 'foreign' | 'none'}
 */
export function originOf(request, settings) {
  const { origin } = request.headers
  const site = request.headers['sec-fetch-site']
  if (origin !== undefined && settings.origins.has(origin)) return 'listed'
  // The browser knows best, where it says so: it does over https and on the machine itself.
  if (site === 'same-origin') return 'own'
  if (site === 'cross-site' || site === 'same-site') return 'foreign'
  if (origin === undefined) return 'none'
  return hostOf(origin) === askedHost(request, settings).toLowerCase() ? 'own' : 'foreign'
}

/** @param {string} origin */
function hostOf(origin) {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}

/**
 * Whether the browser reaches us over https, as far as can be known.
 *
 * @param {IncomingMessage} request
 * @param {AccessSettings} settings
 */
export function isHttps({ headers, socket }, { trustProxy }) {
  return 'encrypted' in socket || (trustProxy && lastOf(headers['x-forwarded-proto']) === 'https')
}

/**
 * Whether a name may stand for this server. A page of another site may let its own name lead to 127.0.0.1, and its
 * visitors' browsers then take us for a part of it; who listens on loopback knows all names of it. Any name is right
 * where other machines may come, or a proxy that we trust.
 *
 * @param {IncomingMessage} request
 * @param {AccessSettings} settings
 */
export function isOwnName({ headers }, { host, trustProxy, origins }) {
  if (trustProxy || !isLoopback(host)) return true
  const name = nameOf(headers.host ?? '')
  if (name === undefined) return false
  return LOOPBACK.test(name) || name === host.toLowerCase() || [...origins].some((own) => hasName(own, name))
}

/**
 * Whether only this machine reaches an address.
 *
 * @param {string} host
 */
export function isLoopback(host) {
  return LOOPBACK.test(host) || host === '::1'
}

/**
 * Node hears the first one, and a proxy in front may have heard the other.
 *
 * @param {IncomingMessage} request
 */
export function hasTwoHosts({ rawHeaders }) {
  // Names and values by turns.
  return rawHeaders.filter((text, i) => i % 2 === 0 && text.toLowerCase() === 'host').length > 1
}

/** What makes of a host some other part of an address. */
const NOT_OF_A_HOST = /[/\\?#@]/

/** @param {string} host */
function nameOf(host) {
  const url = `http://${host}`
  return host !== '' && !NOT_OF_A_HOST.test(host) && URL.canParse(url) ? new URL(url).hostname : undefined
}

/**
 * @param {string} origin
 * @param {string} name
 */
const hasName = (origin, name) => URL.canParse(origin) && new URL(origin).hostname === name
