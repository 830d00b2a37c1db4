// @ts-check

const COMMON = {
  'X-Content-Type-Options': 'nosniff',
  // With less, browsers hide the origin of our own forms from us.
  'Referrer-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

const PAGE = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), screen-wake-lock=(self), fullscreen=(self)',
}

/** Answers of the API are no pages. Who has one open in a browser may still try the stream from its console. */
const NO_CONTENT_POLICY =
  "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
/** A worker lives by the policy of its own script: it loads scripts of ours and asks only our server. */
const SCRIPT_POLICY =
  "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const TWO_YEARS_S = 2 * 365 * 24 * 60 * 60

/**
 * What a page may do: run the scripts that carry this answer's nonce and what they load, talk to our own origin, and be
 * in no frame. Style attributes are allowed, as recharts, Radix and React on the server write them; a style element
 * wants the nonce.
 *
 * @param {string} nonce
 * @param {boolean} isDev
 */
export function pagePolicy(nonce, isDev) {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDev ? " 'unsafe-eval'" : ''}`,
    // Development puts its styles into the page from a script.
    isDev ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    `connect-src 'self'${isDev ? ' ws: wss:' : ''}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/**
 * The headers that every answer carries, by what is asked for.
 *
 * @param {{ kind: 'page' | 'api' | 'static', isHttps: boolean, policy?: string | undefined }} answer
 * @returns {Record<string, string>}
 */
export function securityHeaders({ kind, isHttps, policy }) {
  return {
    ...COMMON,
    ...(kind === 'page' && PAGE),
    'Content-Security-Policy': policy ?? (kind === 'static' ? SCRIPT_POLICY : NO_CONTENT_POLICY),
    ...(isHttps && { 'Strict-Transport-Security': `max-age=${TWO_YEARS_S}` }),
  }
}
