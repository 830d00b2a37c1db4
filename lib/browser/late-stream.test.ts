import { expect, test, vi } from 'vitest'
import { LateStream } from './late-stream.ts'

function fakeStream() {
  return { open: vi.fn(), close: vi.fn(), retryNow: vi.fn(), isShared: false }
}

test('a stream is loaded when it is opened, and not before', async () => {
  const stream = fakeStream()
  const load = vi.fn(async () => stream)
  const late = new LateStream(load)
  expect(load).not.toHaveBeenCalled()
  late.open()
  late.open()
  await vi.waitFor(() => expect(stream.open).toHaveBeenCalledTimes(1))
  late.close()
  expect(stream.close).toHaveBeenCalledTimes(1)
})

test('one that was closed before it was there is not opened', async () => {
  const stream = fakeStream()
  let resolve: (loaded: typeof stream) => void = () => {}
  const loaded = new Promise<typeof stream>((done) => {
    resolve = done
  })
  const late = new LateStream(() => loaded)
  late.open()
  late.close()
  resolve(stream)
  await loaded
  expect(stream.open).not.toHaveBeenCalled()
  late.open()
  expect(stream.open).toHaveBeenCalledTimes(1)
})
