import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SESSION_S, Sessions } from './session.js'

const sessions = new Sessions('a-token-of-some-length')
const NOW = 1_800_000_000_000
const pair = (setCookie: string) => setCookie.split(';')[0] ?? ''

describe('Sessions', () => {
  const cookie = pair(sessions.cookie({ nowMs: NOW, isHttps: false }))

  it('takes the cookie that it gave, among others, until it is over', () => {
    expect(sessions.check(`theme=dark; ${cookie}; a=b`, NOW)).toMatchObject({ isOld: false })
    expect(sessions.check(cookie, NOW + (SESSION_S - 1) * 1000)).toMatchObject({ isOld: true })
    expect(sessions.check(cookie, NOW + SESSION_S * 1000)).toBe('wrong')
  })

  it('lets no stream outlive it, and has those of a new one come again to renew it', () => {
    const halfMs = (SESSION_S / 2) * 1000
    expect(sessions.check(cookie, NOW)).toMatchObject({ untilMs: NOW + halfMs })
    expect(sessions.check(cookie, NOW + halfMs + 1)).toMatchObject({ isOld: true, untilMs: NOW + 2 * halfMs })
  })

  it('is the same when it is renewed, and another at each signing in', () => {
    const idOf = (setCookie: string) => {
      const session = sessions.check(pair(setCookie), NOW)
      return typeof session === 'object' ? session.id : undefined
    }
    const id = idOf(cookie)
    expect(id).toMatch(/^[\w-]{22}$/)
    expect(idOf(sessions.cookie({ nowMs: NOW + 1000, isHttps: false, id }))).toBe(id)
    expect(idOf(sessions.cookie({ nowMs: NOW, isHttps: false }))).not.toBe(id)
  })

  it('knows its own cookie when another site of the host has set one of the same name', () => {
    expect(sessions.check(`${sessions.cookieName}=planted; ${cookie}`, NOW)).toMatchObject({ isOld: false })
  })

  it('takes none of another token, and any replica takes it', () => {
    expect(new Sessions('another').check(cookie, NOW)).toBe('none')
    expect(
      new Sessions('another').check(cookie.replace(/^[^=]*/, new Sessions('another').cookieName), NOW),
    ).toBe('wrong')
    expect(new Sessions('a-token-of-some-length').check(cookie, NOW)).toMatchObject({ isOld: false })
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
