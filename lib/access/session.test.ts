import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SESSION_S, Sessions } from './session.js'

const sessions = new Sessions('a-token-of-some-length')
const NOW = 1_800_000_000_000
const pair = (setCookie: string) => setCookie.split(';')[0] ?? ''

describe('Sessions', () => {
  const cookie = pair(sessions.cookie({ nowMs: NOW, isHttps: false }))

  it('takes the cookie that it gave, among others, until it is over', () => {
    expect(sessions.check(`theme=dark; ${cookie}; a=b`, NOW)).toBe('right')
    expect(sessions.check(cookie, NOW + (SESSION_S - 1) * 1000)).toBe('old')
    expect(sessions.check(cookie, NOW + SESSION_S * 1000)).toBe('wrong')
  })

  it('knows its own cookie when another site of the host has set one of the same name', () => {
    expect(sessions.check(`${sessions.cookieName}=planted; ${cookie}`, NOW)).toBe('right')
  })

  it('takes none of another token, and any replica takes it', () => {
    expect(new Sessions('another').check(cookie, NOW)).toBe('none')
    expect(
      new Sessions('another').check(cookie.replace(/^[^=]*/, new Sessions('another').cookieName), NOW),
    ).toBe('wrong')
    expect(new Sessions('a-token-of-some-length').check(cookie, NOW)).toBe('right')
  })

  it('takes nothing else', () => {
    const [name = '', value = ''] = cookie.split('=')
    const altered = fc
      .tuple(fc.nat(value.length - 1), fc.constantFrom(...'0123456789abcXYZ_-. '))
      .map(([at, sign]) => value.slice(0, at) + sign + value.slice(at + 1))
      .filter((text) => text.trim() !== value)
    fc.assert(
      fc.property(fc.oneof(altered, fc.string()), (text) => {
        expect(sessions.check(`${name}=${text.replaceAll(';', '')}`, NOW)).toBe('wrong')
      }),
    )
  })

  it('never puts the token into a cookie, which no script and no other site can use', () => {
    const set = sessions.cookie({ nowMs: NOW, isHttps: true })
    expect(set).not.toContain('a-token')
    expect(set.split('; ').slice(1)).toEqual([
      'Path=/',
      `Max-Age=${SESSION_S}`,
      'HttpOnly',
      'SameSite=Strict',
      'Secure',
    ])
    expect(sessions.clearedCookie(false)).toMatch(/=; Path=\/; Max-Age=0; /)
  })
})
