import { describe, expect, it, vi } from 'vitest'
import { toApiPath, tryPath } from './try-path.ts'

describe('toApiPath', () => {
  it.each([
    ['/api', '/api'],
    [' /api/sensors?limit=5 ', '/api/sensors?limit=5'],
    ['/api/relations/../sensors', '/api/sensors'],
    ['api/sensors', '/api/sensors'],
  ])('takes %j', (text, path) => {
    expect(toApiPath(text)).toBe(path)
  })

  it.each([
    '',
    '/',
    '/apish',
    '/relations',
    '//evil.example/api',
    'https://evil.example/api',
    '/api/../sensors',
  ])('takes %j for none of the API', (text) => {
    expect(toApiPath(text)).toBeUndefined()
  })
})

describe('tryPath', () => {
  const answer = (body: BodyInit, headers: Record<string, string>, status = 200) =>
    vi.fn<typeof fetch>().mockResolvedValue(new Response(body, { status, headers }))

  it('tells what came, errors as well', async () => {
    const ask = answer('{"status":404}', { 'Content-Type': 'application/problem+json; charset=utf-8' }, 404)
    expect(await tryPath('/api/x', ask)).toMatchObject({
      status: 404,
      contentType: 'application/problem+json',
      text: '{"status":404}',
      isCut: false,
    })
    expect(ask).toHaveBeenCalledExactlyOnceWith('/api/x')
  })

  it('reads no more than is shown', async () => {
    let pulled = 0
    const cancel = vi.fn()
    const pull = (controller: ReadableStreamDefaultController) => {
      pulled++
      controller.enqueue(new TextEncoder().encode('ü'.repeat(5_000)))
    }
    const ask = answer(new ReadableStream({ pull, cancel }), { 'Content-Type': 'text/csv' })
    const { text, isCut } = await tryPath('/api/x', ask)
    expect([text.length, isCut]).toEqual([20_000, true])
    expect(pulled).toBeLessThan(10)
    expect(cancel).toHaveBeenCalled()
  })

  it('does not wait for the end of a stream', async () => {
    const cancel = vi.fn()
    const ask = answer(new ReadableStream({ cancel }), { 'Content-Type': 'text/event-stream; charset=utf-8' })
    expect(await tryPath('/api/stream', ask)).toMatchObject({ status: 200, text: '' })
    expect(cancel).toHaveBeenCalled()
  })
})
