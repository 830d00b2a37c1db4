import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { addressGroup, clientAddress } from './address.js'

describe('addressGroup', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['64:ff9b::192.0.2.7', '64:ff9b:0:0::/64'],
  ])('takes %s for %s', (address, group) => {
    expect(addressGroup(address)).toBe(group)
  })
})

describe('clientAddress', () => {
  const from = (forwarded: string | undefined, trustProxy: boolean) =>
    clientAddress(
      {
        headers: { 'x-forwarded-for': forwarded },
        socket: { remoteAddress: '127.0.0.1' },
      } as unknown as IncomingMessage,
      trustProxy,
    )

  it('is what the trusted proxy has seen, and not what the client says', () => {
    expect(from('10.0.0.1, 198.51.100.4', true)).toBe('198.51.100.4')
    expect(from('198.51.100.4:5555', true)).toBe('198.51.100.4')
    expect(from('[2001:db8::1]:443', true)).toBe('2001:db8:0:0::/64')
  })

  it('is the address of the connection where no proxy is trusted, or it says nothing', () => {
    expect(from('198.51.100.4', false)).toBe('127.0.0.1')
    expect(from(undefined, true)).toBe('127.0.0.1')
    expect(from('unknown', true)).toBe('127.0.0.1')
  })
})
