import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { SESSION_S, Sessions } from './session.js'
import { cookieOf, say, signInForm, startGuarded, TOKEN } from './test-server.ts'

const BEARER = { Authorization: `Bearer ${TOKEN}` }

describe('without a token', () => {
  it('lets everybody read', async () => {
    await using guarded = await startGuarded()
    expect(await guarded.ask('/api/stream')).toMatchObject({ status: 200 })
    expect((await guarded.ask('/sign-in')).headers.location).toBe('/')
  })

  it('takes readings from programs and own pages, and not from pages of others', async () => {
    await using guarded = await startGuarded()
    const post = async (headers: Record<string, string>) =>
      (await guarded.ask('/api/sensors', { method: 'POST', headers })).status
    expect(await post({})).toBe(200)
    expect(await post({ Origin: `http://127.0.0.1:${guarded.port}` })).toBe(200)
    expect(await post({ Origin: 'https://evil.example' })).toBe(403)
    expect(await post({ Origin: 'null' })).toBe(403)
    expect(await post({ 'Sec-Fetch-Site': 'cross-site' })).toBe(403)
    expect(await post({ 'Sec-Fetch-Site': 'same-site' })).toBe(403)
  })
})

describe('an address', () => {
  it.each(['/api/relations/%', '/%E0%A4%A', '/api/%ff'])(
    '%s is refused, as it cannot be decoded',
    async (path) => {
      await using guarded = await startGuarded()
      expect((await guarded.ask(path)).status).toBe(400)
      expect((await guarded.ask('/api/relations/%E2%82%AC')).status).toBe(200)
    },
  )
})

describe('with a token', () => {
  it('answers programs with 401, and shows browsers where to sign in', async () => {
    await using guarded = await startGuarded({ token: TOKEN })
    const api = await guarded.ask('/api/relations')
    expect(api.status).toBe(401)
    expect(api.headers).toMatchObject({
      'content-type': 'application/problem+json',
      'www-authenticate': 'Bearer realm="Tailboard"',
      'cache-control': 'no-store',
    })
    expect(JSON.parse(api.body)).toMatchObject({ type: 'about:blank', title: 'Not signed in', status: 401 })
    const page = await guarded.ask('/sensors/1?theme=dark')
    expect(page.status).toBe(303)
    expect(page.headers.location).toBe('/sign-in?next=%2Fsensors%2F1%3Ftheme%3Ddark')
  })

  it.each([
    ['the right one', BEARER, 200],
    ['the right one, spelt otherwise', { Authorization: `bearer  ${TOKEN} ` }, 200],
    ['a wrong one', { Authorization: 'Bearer wrong' }, 401],
    ['an empty one', { Authorization: 'Bearer ' }, 401],
    ['one with something after it', { Authorization: `Bearer ${TOKEN} x` }, 401],
    ['another kind', { Authorization: `Basic ${TOKEN}` }, 401],
    ['the token as a cookie', { Cookie: `token=${TOKEN}` }, 401],
  ])('takes %s as it is', async (_, headers, status) => {
    await using guarded = await startGuarded({ token: TOKEN })
    expect((await guarded.ask('/api', { headers })).status).toBe(status)
    expect((await guarded.ask(`/api?token=${TOKEN}&access_token=${TOKEN}`)).status).toBe(401)
  })

  it.each([
    '/api/health/live/',
    '/api/health/live/..',
    '//api/health/live',
    '/api//health/live',
    '/api/health/live%2f',
    '/API/HEALTH/LIVE',
    '/api/health/live;x',
    '/_next/static/../../api/stream',
    '/_next/static/%2e%2e/%2e%2e/api/stream',
    '/_next/static//api/stream',
    '/_next/static/%5c%5c/api/stream',
    '/_next/static/%255B/api',
    '/_next/image',
    '/sign-in/',
    '/sign-in.rsc',
  ])('takes %s for no public path', async (path) => {
    await using guarded = await startGuarded({ token: TOKEN })
    expect([401, 303]).toContain((await guarded.ask(path)).status)
  })

  it.each([
    '/api/health/live',
    '/api/health/ready',
    '/sign-in',
    '/icon.svg?v=1',
    '/_next/static/chunks/0a~b.js',
    '/_next/static/chunks/%5Bturbopack%5D_%40x._.js',
  ])('leaves %s to everybody', async (path) => {
    await using guarded = await startGuarded({ token: TOKEN })
    expect((await guarded.ask(path, { headers: { Authorization: 'Bearer wrong' } })).status).toBe(200)
  })

  it('makes wrong ones wait, and a right one never', async () => {
    await using guarded = await startGuarded({ token: TOKEN })
    const order: string[] = []
    const ask = async (name: string, headers: Record<string, string>) => {
      const { status } = await guarded.ask('/api', { headers })
      order.push(`${name} ${status}`)
    }
    const wrong = Array.from({ length: 4 }, () => ask('wrong', { Authorization: 'Bearer wrong' }))
    await ask('right', BEARER)
    await Promise.all(wrong)
    expect(order).toEqual(['right 200', 'wrong 401', 'wrong 401', 'wrong 401', 'wrong 401'])
  })
})

describe('signing in', () => {
  it('gives a script a cookie that opens everything, and takes it back', async () => {
    await using guarded = await startGuarded({ token: TOKEN })
    const signedIn = await guarded.ask('/sign-in', signInForm(TOKEN))
    expect(signedIn.status).toBe(204)
    const headers = { Cookie: cookieOf(signedIn) }
    expect((await guarded.ask('/', { headers })).status).toBe(200)
    expect((await guarded.ask('/api/stream', { headers })).status).toBe(200)
    expect((await guarded.ask('/sign-in?next=/relations', { headers })).headers.location).toBe('/relations')
    expect((await guarded.ask('/sign-in?next=//evil.example', { headers })).headers.location).toBe('/')
    const signedOut = await guarded.ask('/sign-out', { method: 'POST', headers })
    expect(signedOut.headers).toMatchObject({ location: '/sign-in' })
    expect(cookieOf(signedOut)).toMatch(/=$/)
    expect((await guarded.ask('/sign-out', { headers })).status).toBe(405)
  })

  it('ends the session for good when it is signed out, and no other', async () => {
    await using guarded = await startGuarded({ token: TOKEN })
    const signIn = async () => ({ Cookie: cookieOf(await guarded.ask('/sign-in', signInForm(TOKEN))) })
    const [here, there] = [await signIn(), await signIn()]
    await guarded.ask('/sign-out', { method: 'POST', headers: here })
    expect((await guarded.ask('/api', { headers: here })).status).toBe(401)
    expect((await guarded.ask('/', { headers: here })).headers.location).toBe('/sign-in')
    expect((await guarded.ask('/sign-in', { headers: here })).status).toBe(200)
    expect((await guarded.ask('/api', { headers: there })).status).toBe(200)
  })

  it('tells what a session has let in that its reader signs out', async () => {
    await using guarded = await startGuarded({ token: TOKEN })
    const headers = { Cookie: cookieOf(await guarded.ask('/sign-in', signInForm(TOKEN))) }
    const asked = once(guarded.server, 'request')
    const stream = guarded.ask('/until-signed-out', { headers })
    await asked
    await guarded.ask('/sign-out', { method: 'POST', headers })
    expect(await stream).toMatchObject({ status: 200, body: 'signed out' })
  })

  it('renews a session that is old, as the same', async () => {
    await using guarded = await startGuarded({ token: TOKEN })
    const sessions = new Sessions(TOKEN)
    const past = { nowMs: Date.now() - (SESSION_S / 2 + 60) * 1000, isHttps: false, id: 'x'.repeat(22) }
    const Cookie = sessions.cookie(past).split(';')[0] ?? ''
    const renewed = cookieOf(await guarded.ask('/', { headers: { Cookie } }))
    expect(sessions.check(renewed, Date.now())).toMatchObject({ id: past.id, isOld: false })
    const young = { Cookie: renewed }
    expect((await guarded.ask('/', { headers: young })).headers['set-cookie']).toBeUndefined()
  })

  it('leads a form without scripts on, to paths of its own only', async () => {
    await using guarded = await startGuarded({ token: TOKEN })
    const submit = (token: string, next: string) => {
      const form = signInForm(token, next)
      return guarded.ask('/sign-in', { ...form, headers: { ...form.headers, Accept: 'text/html,*/*' } })
    }
    expect((await submit(TOKEN, '/sensors/1')).headers.location).toBe('/sensors/1')
    expect((await submit(TOKEN, '//evil.example')).headers.location).toBe('/')
    expect(await submit('wrong', '/sensors/1')).toMatchObject({
      status: 303,
      headers: { location: '/sign-in?wrong=1&next=%2Fsensors%2F1' },
    })
  })

  it('says 401 to a script with a wrong token, and never repeats it', async () => {
    await using guarded = await startGuarded({ token: TOKEN })
    const answer = await guarded.ask('/sign-in', signInForm('hunter2'))
    expect(answer.status).toBe(401)
    expect(JSON.stringify(answer)).not.toContain('hunter2')
    expect(answer.headers['set-cookie']).toBeUndefined()
  })

  it('takes nothing but a short form, and none from a page of others', async () => {
    await using guarded = await startGuarded({ token: TOKEN })
    const form = signInForm(TOKEN)
    expect((await guarded.ask('/sign-in', { ...form, headers: {} })).status).toBe(415)
    expect((await guarded.ask('/sign-in', { ...form, body: `token=${'x'.repeat(20_000)}` })).status).toBe(415)
    expect(
      (
        await guarded.ask('/sign-in', {
          ...form,
          headers: { ...form.headers, Origin: 'https://evil.example' },
        })
      ).status,
    ).toBe(403)
  })

  it('marks the cookie as secure where the browser came by https', async () => {
    await using guarded = await startGuarded({ token: TOKEN, trustProxy: true })
    const form = signInForm(TOKEN)
    const signIn = async (headers: Record<string, string>) => {
      const answer = await guarded.ask('/sign-in', { ...form, headers: { ...form.headers, ...headers } })
      return answer.headers['set-cookie']?.[0] ?? ''
    }
    expect(await signIn({})).not.toContain('Secure')
    expect(await signIn({ 'X-Forwarded-Proto': 'https' })).toContain('; Secure')
    expect(await signIn({ Origin: 'https://own.example', Host: 'own.example' })).toContain('; Secure')
  })

  it('lets a cookie change something only for pages of its own', async () => {
    await using guarded = await startGuarded({ token: TOKEN, origins: new Set(['https://friend.example']) })
    const Cookie = cookieOf(await guarded.ask('/sign-in', signInForm(TOKEN)))
    const post = async (headers: Record<string, string>) =>
      (await guarded.ask('/api/sensors', { method: 'POST', headers })).status
    expect(await post({ Cookie })).toBe(403)
    expect(await post({ Cookie, Origin: 'https://evil.example' })).toBe(403)
    expect(await post({ Cookie, 'Sec-Fetch-Site': 'cross-site' })).toBe(403)
    expect(await post({ Cookie, 'Sec-Fetch-Site': 'same-origin' })).toBe(200)
    expect(await post({ Cookie, Origin: `http://127.0.0.1:${guarded.port}` })).toBe(200)
    expect(await post({ Cookie, Origin: 'https://friend.example' })).toBe(200)
    expect(await post({ ...BEARER, Origin: 'https://evil.example' })).toBe(200)
  })
})

describe('what else is asked', () => {
  it.each([
    ['localhost', 200],
    ['127.0.0.1:3000', 200],
    ['[::1]:3000', 200],
    ['dashboard.localhost:3000', 200],
    ['friend.example', 200],
    ['evil.example', 421],
    ['evil.example:3000', 421],
    ['localhost.evil.example', 421],
    ['127.0.0.1.evil.example', 421],
  ])('answers for the host %s with %i', async (Host, status) => {
    await using guarded = await startGuarded({ origins: new Set(['https://friend.example']) })
    expect((await guarded.ask('/api', { headers: { Host } })).status).toBe(status)
    expect((await guarded.ask('/api/health/live', { headers: { Host } })).status).toBe(200)
  })

  it('answers for any host where other machines come or a proxy is trusted', async () => {
    for (const settings of [{ host: '0.0.0.0' }, { trustProxy: true }]) {
      await using guarded = await startGuarded(settings)
      expect((await guarded.ask('/api', { headers: { Host: 'dashboard.example' } })).status).toBe(200)
    }
  })

  it.each(['evil@127.0.0.1', '127.0.0.1/evil', '127.0.0.1?evil', '127.0.0.1#evil', '127.0.0.1\\evil'])(
    'takes %j for no host of its own, whatever an address may be made of it',
    async (Host) => {
      await using guarded = await startGuarded()
      expect((await guarded.ask('/api', { headers: { Host } })).status).toBe(421)
    },
  )

  it('answers no request that names two hosts, of which a proxy may have read the other', async () => {
    await using guarded = await startGuarded({ trustProxy: true })
    const ask = (...hosts: string[]) => {
      const lines = hosts.map((host) => `Host: ${host}\r\n`).join('')
      return say(guarded.port, `GET /api HTTP/1.1\r\n${lines}Connection: close\r\n\r\n`)
    }
    expect(await ask('one.example')).toMatch(/^HTTP\/1\.1 200 /)
    expect(await ask('one.example', 'other.example')).toMatch(/^HTTP\/1\.1 400 /)
  })

  it.each([
    ['TRACE', '/api/health/live', 'GET, HEAD, OPTIONS, POST'],
    ['PROPFIND', '/api/sensors', 'GET, HEAD, OPTIONS, POST'],
    ['TRACE', '/', 'GET, HEAD'],
    ['POST', '/', 'GET, HEAD'],
    ['DELETE', '/relations', 'GET, HEAD'],
    ['PUT', '/_next/static/chunks/a.js', 'GET, HEAD'],
  ])('answers %s %s with 405', async (method, path, allow) => {
    await using guarded = await startGuarded()
    const answer = await guarded.ask(path, { method })
    expect(answer).toMatchObject({ status: 405, headers: { allow } })
  })

  it('leaves methods to development, whose pages send what they like', async () => {
    await using guarded = await startGuarded({ isDev: true })
    expect((await guarded.ask('/__nextjs_original-stack-frames', { method: 'POST' })).status).toBe(200)
  })

  it('names each request, and takes a name from a trusted proxy only', async () => {
    await using plain = await startGuarded()
    await using behind = await startGuarded({ trustProxy: true })
    const headers = { 'X-Request-Id': 'trace-1' }
    const own = (await plain.ask('/api', { headers })).headers['x-request-id']
    expect(own).toMatch(/^[\da-f-]{36}$/)
    const told = await behind.ask('/api', { headers })
    expect(told.headers['x-request-id']).toBe('trace-1')
    expect(JSON.parse(told.body).headers['x-request-id']).toBe('trace-1')
    const evil = await behind.ask('/api', { headers: { 'X-Request-Id': 'a b"{}' } })
    expect(evil.headers['x-request-id']).toMatch(/^[\da-f-]{36}$/)
  })

  it('believes nothing that only itself or a proxy may say', async () => {
    await using guarded = await startGuarded()
    const { body } = await guarded.ask('/', {
      headers: {
        'X-Nonce': 'mine',
        'Content-Security-Policy': "script-src 'nonce-mine'",
        'X-Forwarded-For': '1.2.3.4',
        'X-Forwarded-Host': 'evil.example',
      },
    })
    expect(body).not.toMatch(/mine|1\.2\.3\.4|evil/)
  })

  it('refuses addresses and bodies that are too long', async () => {
    await using guarded = await startGuarded()
    expect((await guarded.ask(`/api?${'x'.repeat(9_000)}`)).status).toBe(414)
    expect((await guarded.ask(`/api?${'x'.repeat(60_000)}`)).status).toBe(414)
    expect((await guarded.ask('/api', { headers: { Long: 'x'.repeat(40_000) } })).status).toBe(431)
    const large = Buffer.alloc(9 * 2 ** 20)
    expect((await guarded.ask('/api/sensors', { method: 'POST', body: large })).status).toBe(413)
    const chunked = { method: 'POST', body: large, headers: { 'Transfer-Encoding': 'chunked' } }
    expect((await guarded.ask('/api/sensors', chunked)).status).toBe(413)
  })

  it('answers an offer of another protocol as if there were none', async () => {
    await using guarded = await startGuarded()
    expect((await guarded.ask('/api', { headers: { Connection: 'Upgrade', Upgrade: 'h2c' } })).status).toBe(
      200,
    )
  })
})
