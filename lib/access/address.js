// @ts-check
import { isIP, isIPv6 } from 'node:net'

/**
 * Whose request it is, as one thing that limits apply to: an IPv4 address, or the /64 of an IPv6 one, which is what one
 * household or machine has. Behind a trusted proxy it is the last address of `X-Forwarded-For`: the one that the proxy
 * itself has seen and added, whereas a client may have written those before it.
 *
 * @param {import('node:http').IncomingMessage} request
 * @param {boolean} trustProxy
 * @returns {string}
 */
export function clientAddress({ headers, socket }, trustProxy) {
  const forwarded = trustProxy ? lastOf(headers['x-forwarded-for']) : undefined
  const told = forwarded === undefined ? undefined : withoutPort(forwarded)
  return addressGroup(told !== undefined && isIP(told) > 0 ? told : (socket.remoteAddress ?? ''))
}

/**
 * The last of the values that proxies have added to a header, each after the others.
 *
 * @param {string | string[] | undefined} header
 * @returns {string | undefined}
 */
export function lastOf(header) {
  const text = Array.isArray(header) ? header.join(',') : header
  return text?.split(',').at(-1)?.trim() || undefined
}

/** @param {string} text */
function withoutPort(text) {
  return /^\[(.*)\](:\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text
}

/**
 * An address as limits see it.
 *
 * @param {string} address
 * @returns {string}
 */
export function addressGroup(address) {
  const plain = address.split('%')[0] ?? ''
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1]
  if (mapped !== undefined) return mapped
  if (!isIPv6(plain)) return plain
  const [head = '', tail] = plain.split('::')
  const before = wordsOf(head)
  const after = wordsOf(tail ?? '')
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length
  const words = [...before, ...Array.from({ length: Math.max(zeros, 0) }, () => '0'), ...after]
  return `${words
    .slice(0, 4)
    .map((word) => Number.parseInt(word, 16).toString(16))
    .join(':')}::/64`
}

/** @param {string} part */
function wordsOf(part) {
  if (part === '') return []
  // An IPv4 address at the end stands for two words, and never for one of the first four.
  return part.split(':').flatMap((word) => (word.includes('.') ? ['0', '0'] : [word]))
}
