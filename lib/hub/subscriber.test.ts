import { beforeEach, expect, test, vi } from 'vitest'
import { HEARTBEAT_MS } from './hub.ts'
import { STALL_MS, Subscriber, type Writer } from './subscriber.ts'

let hasRoom: boolean
let takenBytes: number
let now: number
let subscriber: Subscriber<string>
const written: string[] = []
const onClose = vi.fn()
const abort = vi.fn()

beforeEach(() => {
  hasRoom = true
  takenBytes = 0
  now = 0
  written.length = 0
  vi.clearAllMocks()
  const writer: Writer<string> = {
    hasRoom: () => hasRoom,
    get takenBytes() {
      return takenBytes
    },
    write: (chunk) => void written.push(chunk),
    end: () => {},
    abort,
  }
  const source = {
    snapshot: () => ({ chunks: ['rows'], timestamp: 1n }),
    since: () => ({ chunk: undefined }),
    left: () => {},
  }
  subscriber = new Subscriber({ wantsSnapshot: true, onClose }, writer, source)
  subscriber.sendSnapshot()
})

/** Heartbeats for so long; between them the client takes so many bytes. */
function beat(ms: number, bytes: number): void {
  for (const end = now + ms; now < end; now += HEARTBEAT_MS) {
    subscriber.heartbeat('with id', 'without id', now)
    takenBytes += bytes
  }
}

test('a client that takes no byte for a minute is closed, and is told nothing more', () => {
  hasRoom = false
  beat(STALL_MS, 0)
  expect(onClose).not.toHaveBeenCalled()
  beat(HEARTBEAT_MS, 0)
  expect(onClose).toHaveBeenCalledExactlyOnceWith('slow')
  expect(abort).toHaveBeenCalledOnce()
  expect(written).toEqual(['rows'])
})

test('a client that takes a little all the time stays, however long it has no room', () => {
  hasRoom = false
  beat(10 * STALL_MS, 1)
  expect(onClose).not.toHaveBeenCalled()
  // From its last byte on, a minute.
  beat(STALL_MS, 0)
  expect(onClose).not.toHaveBeenCalled()
  beat(2 * HEARTBEAT_MS, 0)
  expect(onClose).toHaveBeenCalledExactlyOnceWith('slow')
})

test('a client that has room is no slow one, however little there is to take', () => {
  beat(2 * STALL_MS, 0)
  hasRoom = false
  beat(STALL_MS, 0)
  expect(onClose).not.toHaveBeenCalled()
})
