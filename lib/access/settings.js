// @ts-check
// All that runs in Next's process before Next is plain JavaScript: nothing compiles it there. See docs/security.md.

/**
 * What the operator asks of access, as the launcher has checked it (lib/env.ts).
 *
 * @typedef {object} AccessSettings
 * @property {string | undefined} token Undefined: open to whoever reaches the port.
 * @property {ReadonlySet<string>} origins Foreign origins whose pages may read and write.
 * @property {boolean} trustProxy What `X-Forwarded-*` and `X-Request-Id` say is believed.
 * @property {string} host Where the app listens.
 * @property {number} maxClients Streams that may be open at once.
 * @property {boolean} isDev Development needs `eval` and a socket for its hot reload.
 */

/** Where nothing is said. */
export const ACCESS_DEFAULTS = { host: '127.0.0.1', maxClients: 20_000 }

/**
 * Reads what the launcher has checked.
 *
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {AccessSettings}
 */
export function readAccess(env = process.env) {
  return {
    token: env.ACCESS_TOKEN || undefined,
    origins: new Set((env.ALLOWED_ORIGINS ?? '').split(',').filter((origin) => origin !== '')),
    trustProxy: env.TRUST_PROXY === 'on',
    host: env.HOST || ACCESS_DEFAULTS.host,
    maxClients: Number(env.MAX_CLIENTS) || ACCESS_DEFAULTS.maxClients,
    isDev: env.NODE_ENV === 'development',
  }
}
