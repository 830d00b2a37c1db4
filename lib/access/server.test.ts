import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { badRequestText } from './bad-request.js'
import { say, startGuarded } from './test-server.ts'
import { WaitingRoom } from './waiting-room.js'

describe('the guarded server', () => {
  it('cuts off who does not finish asking, with a reason', async () => {
    await using guarded = await startGuarded()
    guarded.server.headersTimeout = 100
    expect(await say(guarded.port, 'GET /api HTTP/1.1\r\nHost: localhost\r\nSlow: ')).toMatch(
      /^HTTP\/1\.1 408 Request Timeout\r\n.*"status":408/s,
    )
  })

  it('cuts off who does not begin to ask', async () => {
    await using guarded = await startGuarded()
    guarded.server.headersTimeout = 100
    expect(await say(guarded.port, '')).toMatch(/^HTTP\/1\.1 408 /)
  })

  it('cuts off who does not finish its body', async () => {
    await using guarded = await startGuarded()
    guarded.server.headersTimeout = 50
    guarded.server.requestTimeout = 100
    const head = 'POST /api/sensors HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n[1'
    expect(await say(guarded.port, head)).toMatch(/^HTTP\/1\.1 408 /)
  })

  it('tells who speaks something else that it is no request', async () => {
    await using guarded = await startGuarded()
    const said = await say(guarded.port, '\x16\x03\x01 hello\r\n\r\n')
    expect(said).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
    expect(said).toContain('application/problem+json')
  })

  it('asks for no body that it does not want', async () => {
    await using guarded = await startGuarded({ token: 'a-token' })
    const head =
      'POST /api/sensors HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n'
    const said = await say(guarded.port, head)
    expect(said).toMatch(/^HTTP\/1\.1 401 /)
  })

  it('asks for one that it wants', async () => {
    await using guarded = await startGuarded()
    const socket = connect(guarded.port, '127.0.0.1').setEncoding('utf8')
    socket.write(
      'POST /api/sensors HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n',
    )
    const [interim] = await once(socket, 'data')
    expect(interim).toMatch(/^HTTP\/1\.1 100 Continue/)
    socket.write('[]')
    expect(await text(socket)).toMatch(/HTTP\/1\.1 200 OK/)
  })
})

describe('badRequestText', () => {
  it('tells a long address from long headers', () => {
    const error = Object.assign(new Error('too much'), { code: 'HPE_HEADER_OVERFLOW' })
    expect(badRequestText(error)).toMatch(/^HTTP\/1\.1 431 /)
    const rawPacket = Buffer.from(`GET /${'x'.repeat(9_000)}`)
    expect(badRequestText(Object.assign(error, { rawPacket }))).toMatch(/^HTTP\/1\.1 414 /)
  })
})

describe('WaitingRoom', () => {
  const stand = (destroyed: string[], name: string) =>
    ({ once: () => {}, destroy: () => void destroyed.push(name) }) as unknown as Socket

  it('makes room for who comes by sending away who has been here the longest without a word', () => {
    const destroyed: string[] = []
    const room = new WaitingRoom(2)
    const quick = stand(destroyed, 'quick')
    room.enter(quick)
    room.leave(quick)
    for (const name of ['first', 'second', 'third']) room.enter(stand(destroyed, name))
    expect(destroyed).toEqual(['first'])
  })
})
