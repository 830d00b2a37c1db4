// @ts-check

/** Stands for our own origin, which nobody can name. */
const OWN = 'http://own.invalid'

/**
 * Where to go on after signing in: a path of our own, whatever was asked for. What leads elsewhere, is too long or
 * leads back to signing in is the dashboard.
 *
 * @param {string | null | undefined} text
 * @returns {string}
 */
export function nextPath(text) {
  if (!text || text.length > 2_048 || !text.startsWith('/') || !URL.canParse(text, OWN)) return '/'
  const { origin, pathname, search, hash } = new URL(text, OWN)
  const path = pathname + search + hash
  // A path may name another host once it is resolved: `/.//host` becomes `//host`.
  const isOwn = origin === OWN && !pathname.startsWith('//') && new URL(path, OWN).origin === OWN
  return isOwn && !/^\/sign-(in|out)\b/.test(pathname) && !/^\/api\b/.test(pathname) ? path : '/'
}
