import type { StreamEvent } from '../protocol/events.ts'

/** So many rows are copied from one thread to another in about the time of a frame. */
const ROWS = 1_000

export interface Slice {
  readonly event: StreamEvent
  /** True where the rest of the same event follows. */
  readonly isBegun: boolean
}

/** An event in pieces that are small enough to be read without holding up a page; nearly all are one piece. */
export function toSlices(event: StreamEvent): Slice[] {
  if (event.kind === 'snapshot') {
    const { data, id } = event
    const parts = cut(data.rows)
    return parts.map((rows, index) => {
      const isBegun = index + 1 < parts.length
      const part = { ...data, part: index + 1, parts: parts.length, rows }
      // As on the wire, only the last part has the id: before it the rows are not there yet.
      const isNamed = !isBegun && id !== undefined
      return { event: { kind: 'snapshot', ...(isNamed && { id }), data: part }, isBegun }
    })
  }
  if (event.kind !== 'update') return [{ event, isBegun: false }]
  const parts = cut(event.data.updates)
  return parts.map((updates, index) => ({
    event: { ...event, data: { ...event.data, updates } },
    isBegun: index + 1 < parts.length,
  }))
}

function cut<T>(items: T[]): T[][] {
  if (items.length <= ROWS) return [items]
  const count = Math.ceil(items.length / ROWS)
  return Array.from({ length: count }, (_, index) => items.slice(index * ROWS, (index + 1) * ROWS))
}

/** Puts the pieces of an event together again. The parts of a snapshot are put together by whoever reads it. */
export class Joiner {
  #updates: (StreamEvent & { kind: 'update' })['data']['updates'] = []

  /** What was begun will not be finished. */
  discard(): void {
    this.#updates = []
  }

  /** The event, or undefined where its rest is still to come. */
  join({ event, isBegun }: Slice): StreamEvent | undefined {
    if (event.kind !== 'update' || (!isBegun && this.#updates.length === 0)) return event
    for (const update of event.data.updates) this.#updates.push(update)
    if (isBegun) return undefined
    const updates = this.#updates
    this.#updates = []
    return { ...event, data: { ...event.data, updates } }
  }
}
