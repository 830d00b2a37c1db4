// @ts-check

/** Paths that want no token, to the letter: what Next would take for the same in another spelling wants one. */
const PUBLIC = new Set(['/api/health/live', '/api/health/ready', '/sign-in', '/icon.svg'])
/**
 * Scripts and styles, of which the sign-in page is made too. They hold no data and are named by their content; in
 * development also by their sources, with `@`, `[` and `]` escaped, and nothing else that could be.
 */
const STATIC = /^(?!.*(?:\.\.|\/\/))\/_next\/static\/(?:[\w~@./-]|%40|%5B|%5D)+$/

/**
 * Whether a path, without its query, may be had by anybody.
 *
 * @param {string} path
 */
export const isPublicPath = (path) => PUBLIC.has(path) || STATIC.test(path)

/**
 * Probes of the machine itself, which know no name to ask by.
 *
 * @param {string} path
 */
export const isHealthPath = (path) => path === '/api/health/live' || path === '/api/health/ready'

/**
 * Whether a path belongs to programs, which are answered with a status, and not with the way to the sign-in page.
 *
 * @param {string} path
 */
export const isApiPath = (path) => path === '/api' || path.startsWith('/api/')

/** @param {string} path */
export const isStaticPath = (path) => path.startsWith('/_next/')
