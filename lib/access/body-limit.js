// @ts-check

/** The largest body that any route is given. Routes that want less say so themselves. */
export const MAX_BODY_BYTES = 8 * 1024 * 1024

/** @param {import('node:http').IncomingMessage} request */
export const isTooLarge = ({ headers }) => Number(headers['content-length'] ?? 0) > MAX_BODY_BYTES

/**
 * Counts a body of unknown length as it comes, and calls back once it has become too large; the rest of it is dropped.
 *
 * @param {import('node:http').IncomingMessage} request
 * @param {() => void} onTooLarge
 */
export function watchBody(request, onTooLarge) {
  if (request.headers['transfer-encoding'] === undefined) return
  const { push } = request
  let bytes = 0
  request.push = (/** @type {Buffer | null} */ chunk) => {
    const was = bytes
    bytes += chunk?.length ?? 0
    if (bytes <= MAX_BODY_BYTES) return push.call(request, chunk)
    if (was <= MAX_BODY_BYTES) onTooLarge()
    return true
  }
}
