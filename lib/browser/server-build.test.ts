// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { onOtherBuild } from './server-build.ts'

let answer: () => Response

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('fetch', async () => answer())
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const build = (name: string) => () => Response.json({ status: 'live', build: name })

test('tells once that the server runs another build', async () => {
  const callback = vi.fn()
  answer = build('a')
  onOtherBuild(callback, 1_000)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(callback).not.toHaveBeenCalled()
  answer = build('b')
  await vi.advanceTimersByTimeAsync(5_000)
  expect(callback).toHaveBeenCalledTimes(1)
})

test('a server that is away, or a proxy that answers in its place, is not another build', async () => {
  const callback = vi.fn()
  answer = build('a')
  onOtherBuild(callback, 1_000)
  await vi.advanceTimersByTimeAsync(1_500)
  for (const other of [
    () => new Response('no', { status: 502 }),
    () => new Response('<html>', { status: 200 }),
    () => {
      throw new TypeError('Failed to fetch')
    },
  ]) {
    answer = other
    await vi.advanceTimersByTimeAsync(2_000)
  }
  expect(callback).not.toHaveBeenCalled()
})
