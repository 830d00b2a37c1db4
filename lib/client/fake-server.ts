import fc from 'fast-check'
import { consolidate } from '../protocol/batch.ts'
import type { StreamEvent, Update } from '../protocol/events.ts'
import type { Row } from '../protocol/row.ts'

/** For tests: a server that knows the whole history: one batch of changes for each timestamp. */
export class FakeServer {
  readonly batches: Update<string>[][]
  constructor(batches: Update<string>[][]) {
    this.batches = batches
  }

  rowsAt(timestamp: number): Map<string, number> {
    return new Map(consolidate(this.batches.slice(0, timestamp).flat()).map(({ row, diff }) => [row, diff]))
  }

  /** What it sends to a client that holds the rows of an id, up to a timestamp. */
  answer(id: string | null, upTo: number): StreamEvent[] {
    const known = id === null ? undefined : Number(id.slice(2))
    if (known === undefined || known > upTo) return this.#snapshot(upTo)
    return [this.#update(known, upTo)]
  }

  #update(from: number, to: number): StreamEvent {
    const updates = consolidate(this.batches.slice(from, to).flat())
    return {
      kind: 'update',
      id: `e:${to}`,
      data: {
        timestamp: String(to),
        updates: updates.map(({ diff, row }) => ({ diff, row: JSON.parse(row) })),
      },
    }
  }

  #snapshot(at: number): StreamEvent[] {
    const rows = [...this.rowsAt(at)].flatMap(([row, count]) =>
      Array<Row>(count).fill(JSON.parse(row) as Row),
    )
    const parts = Math.max(1, Math.ceil(rows.length / 2))
    return Array.from({ length: parts }, (_, index) => ({
      kind: 'snapshot' as const,
      ...(index + 1 === parts && { id: `e:${at}` }),
      data: {
        relation: 'r',
        columns: [],
        timestamp: String(at),
        part: index + 1,
        parts,
        rows: rows.slice(index * 2, index * 2 + 2),
      },
    }))
  }
}

/** For property tests. Each step adds a copy of a row or takes one away that is there. */
export const histories = fc
  .array(fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.boolean()), { maxLength: 5 }), {
    minLength: 1,
    maxLength: 12,
  })
  .map((steps) => {
    const counts = new Map<string, number>()
    return steps.map((step) =>
      consolidate(
        step.map(([id, wants]) => {
          const row = JSON.stringify({ id })
          const diff = wants || !counts.get(row) ? 1 : -1
          counts.set(row, (counts.get(row) ?? 0) + diff)
          return { diff, row }
        }),
      ),
    )
  })
