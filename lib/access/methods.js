// @ts-check
import { isApiPath } from './public-paths.js'

/** Routes know these, and each says itself which of them it takes. Of others, such as TRACE, Next makes a fault of ours. */
const OF_ROUTES = new Set(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'])
const OF_PAGES = new Set(['GET', 'HEAD'])

/**
 * The methods to name in a refusal where a path cannot be asked with the given one; undefined where it can. Next would
 * answer with the page whatever a page is asked with.
 *
 * @param {string} path
 * @param {string} [method]
 * @returns {string | undefined}
 */
export function otherMethods(path, method = '') {
  if (isApiPath(path)) return OF_ROUTES.has(method) ? undefined : 'GET, HEAD, OPTIONS, POST'
  return OF_PAGES.has(method) ? undefined : [...OF_PAGES].join(', ')
}
