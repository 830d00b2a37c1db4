import { describe, expect, it } from 'vitest'
import { startGuarded, TOKEN } from './test-server.ts'

const FRIEND = 'https://friend.example'
const settings = { token: TOKEN, origins: new Set([FRIEND]) }
const Authorization = `Bearer ${TOKEN}`

const ALLOWED = {
  'access-control-allow-origin': FRIEND,
  'access-control-allow-credentials': 'true',
  'access-control-expose-headers': 'Retry-After, X-Request-Id, X-Timestamp',
}

describe('CORS', () => {
  it.each([
    ['a listed origin', FRIEND, true],
    ['another one', 'https://evil.example', false],
    ['one that begins alike', 'https://friend.example.evil.example', false],
    ['the same over http', 'http://friend.example', false],
    ['another port of it', 'https://friend.example:8443', false],
    ['an opaque one', 'null', false],
  ])('lets pages of %s read: %s', async (_, Origin, allowed) => {
    await using guarded = await startGuarded(settings)
    const { status, headers } = await guarded.ask('/api', { headers: { Authorization, Origin } })
    expect(status).toBe(200)
    expect(headers.vary).toContain('Origin')
    for (const [name, value] of Object.entries(ALLOWED)) {
      expect(headers[name]).toBe(allowed ? value : undefined)
    }
  })

  it('lets a listed page read why it was refused', async () => {
    await using guarded = await startGuarded(settings)
    const answer = await guarded.ask('/api', { headers: { Origin: FRIEND } })
    expect(answer).toMatchObject({ status: 401, headers: ALLOWED })
  })

  it.each([
    [FRIEND, 204],
    ['https://evil.example', 403],
    ['null', 403],
  ])('answers the question of %s before it asks with %i', async (Origin, status) => {
    await using guarded = await startGuarded(settings)
    const { headers, ...answer } = await guarded.ask('/api/sensors', {
      method: 'OPTIONS',
      headers: {
        Origin,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'authorization',
      },
    })
    expect(answer.status).toBe(status)
    expect(headers['access-control-allow-origin']).toBe(status === 204 ? Origin : undefined)
    expect(headers['access-control-allow-headers']?.includes('Authorization') ?? false).toBe(status === 204)
  })

  it('is for the API: pages and scripts are for nobody else', async () => {
    await using guarded = await startGuarded(settings)
    for (const path of ['/', '/sensors/1', '/_next/static/chunks/a.js', '/sign-in']) {
      const { headers } = await guarded.ask(path, { headers: { Authorization, Origin: FRIEND } })
      expect(headers['access-control-allow-origin'], path).toBeUndefined()
    }
  })

  it('says nothing of origins where none is listed', async () => {
    await using guarded = await startGuarded()
    const { headers } = await guarded.ask('/api', { headers: { Origin: 'https://evil.example' } })
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    expect(headers.vary).toBeUndefined()
  })
})
