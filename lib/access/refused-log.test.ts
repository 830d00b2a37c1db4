import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { nameRequest } from './about.js'
import { logRefusals } from './refused-log.js'

type Line = readonly [Record<string, unknown>, string]

function startLog() {
  const lines: Line[] = []
  let nowMs = 0
  let finish: (response: ServerResponse) => void = () => {}
  const write = (fields: Record<string, unknown>, words: string) => void lines.push([fields, words])
  logRefusals(
    (onFinish) => {
      finish = onFinish
    },
    { warn: write, error: write } as never,
    () => nowMs,
  )
  return {
    lines,
    pass: (ms: number) => {
      nowMs += ms
    },
    answer: (statusCode: number, url = '/api') => {
      const req = { method: 'GET', url, headers: {}, socket: { remoteAddress: '192.0.2.1' } }
      const { id } = nameRequest(req as unknown as IncomingMessage, false)
      finish({ statusCode, req } as unknown as ServerResponse)
      return id
    },
  }
}

describe('logRefusals', () => {
  it('tells which request was refused or failed, by the id in its answer, and never its query', () => {
    const log = startLog()
    const refused = log.answer(401, '/api/stream?token=hunter2')
    const failed = log.answer(503)
    log.answer(200)
    log.answer(303)
    log.answer(404)
    expect(log.lines).toMatchObject([
      [{ requestId: refused, status: 401, path: '/api/stream', address: '192.0.2.1' }, 'refused'],
      [{ requestId: failed, status: 503 }, 'failed'],
    ])
    expect(JSON.stringify(log.lines)).not.toContain('hunter2')
  })

  it('tells twenty in a second, and of the others how many they were', () => {
    const log = startLog()
    for (let count = 0; count < 1_000; count++) log.answer(429)
    expect(log.lines).toHaveLength(20)
    log.pass(1_000)
    log.answer(429)
    expect(log.lines.slice(20)).toMatchObject([
      [{ lines: 980 }, 'more was refused than is told'],
      [{ status: 429 }, 'refused'],
    ])
  })
})
