import type { Encoder } from '../hub/encoder.ts'
import { formatEventId } from '../protocol/event-id.ts'
import type { Bye, Heartbeat, Status, StreamEvent } from '../protocol/events.ts'
import type { RowJson } from '../protocol/row.ts'
import { SseChunk } from './chunk.ts'

/** Rows in one part of a snapshot, at most. */
const PART_ROWS = 1_000
const MIN_RETRY_MS = 1_000
const MAX_RETRY_MS = 4_000
const RETRY_STEP_MS = 10

/** One message of the event-stream format (WHATWG HTML, section 9.2); `data` is one line. */
function encodeEvent(event: StreamEvent['kind'], data: string, id?: string): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`
}

const retry = (step: number): string => `retry: ${MIN_RETRY_MS + step * RETRY_STEP_MS}\n\n`
const randomStep = (): number => Math.floor((Math.random() * (MAX_RETRY_MS - MIN_RETRY_MS)) / RETRY_STEP_MS)
const retries = new Map<number, SseChunk>()

/**
 * The reconnect time of a client, spread so that many who lose a server together do not come back together. In steps,
 * so that it need not be encoded and compressed for each of many who come together.
 */
export function encodeRetry(): SseChunk {
  const step = randomStep()
  let chunk = retries.get(step)
  if (!chunk) {
    chunk = new SseChunk(retry(step))
    retries.set(step, chunk)
  }
  return chunk
}

/** Events as the contract of the stream describes them. Rows are JSON already and are only put in place. */
export const sseEncoder: Encoder<SseChunk> = {
  snapshot({ relation, columns, epoch }, timestamp, rows) {
    const parts: RowJson[][] = [[]]
    for (const row of rows) {
      if ((parts.at(-1)?.length ?? 0) >= PART_ROWS) parts.push([])
      parts.at(-1)?.push(row)
    }
    const head = `{"relation":${JSON.stringify(relation)},"columns":${JSON.stringify(columns)},"timestamp":"${timestamp}"`
    return parts.map((part, i) => {
      const isLast = i === parts.length - 1
      const data = `${head},"part":${i + 1},"parts":${parts.length},"rows":[${part.join(',')}]}`
      return new SseChunk(
        encodeEvent('snapshot', data, isLast ? formatEventId({ epoch, timestamp }) : undefined),
      )
    })
  },

  update(epoch, timestamp, updates) {
    const changes = updates.map(({ diff, row }) => `{"diff":${diff},"row":${row}}`).join(',')
    const data = `{"timestamp":"${timestamp}","updates":[${changes}]}`
    return new SseChunk(encodeEvent('update', data, formatEventId({ epoch, timestamp })))
  },

  heartbeat(position, withId, now) {
    const data: Heartbeat = {
      timestamp: position ? String(position.timestamp) : null,
      now,
      lagMs: position ? Number(BigInt(now) - position.timestamp) : null,
    }
    const id = position && withId ? formatEventId(position) : undefined
    return new SseChunk(encodeEvent('heartbeat', JSON.stringify(data), id))
  },

  status(state, reason) {
    const data: Status = { state, reason }
    return new SseChunk(encodeEvent('status', JSON.stringify(data)))
  },

  bye() {
    const data: Bye = { reason: 'shutdown' }
    return new SseChunk(retry(randomStep()) + encodeEvent('bye', JSON.stringify(data)))
  },
}
