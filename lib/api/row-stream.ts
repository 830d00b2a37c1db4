import type { Column } from '../protocol/events.ts'
import type { RowJson } from '../protocol/row.ts'
import type { RowFormat } from './row-format.ts'

/** A client that takes no byte for so long is not waited for. */
const STALL_MS = 60_000

export interface RowStreamOptions {
  readonly pages: AsyncIterableIterator<readonly RowJson[]>
  readonly format: RowFormat
  readonly columns: readonly Column[]
  readonly limit: number
  /** The row as it is asked for, or undefined where it is filtered out. */
  readonly map: (row: RowJson) => RowJson | undefined
  /** Aborted when the client has left; not every host cancels the body as well. */
  readonly signal: AbortSignal
  /** Called once, whoever ended it and however. */
  readonly onEnd: () => void
}

/** Rows as a body that reads a page when the client has taken the one before, and nothing more once it has left. */
export function rowStream({
  pages,
  format,
  columns,
  limit,
  map,
  signal,
  onEnd,
}: RowStreamOptions): ReadableStream<Uint8Array> {
  const utf8 = new TextEncoder()
  let left = limit
  let isFirst = true
  let stall: NodeJS.Timeout | undefined
  let isOver = false
  const finish = async () => {
    clearTimeout(stall)
    if (isOver) return
    isOver = true
    signal.removeEventListener('abort', leave)
    await pages.return?.()
    onEnd()
  }
  const leave = () => void finish()
  signal.addEventListener('abort', leave, { once: true })
  /** The next rows that are wanted; undefined where there are no more. */
  const next = async (): Promise<RowJson[] | undefined> => {
    while (left > 0) {
      const { value, done } = await pages.next()
      if (done) return undefined
      const rows: RowJson[] = []
      for (const row of value) {
        const mapped = map(row)
        if (mapped !== undefined && rows.push(mapped) === left) break
      }
      left -= rows.length
      if (rows.length > 0) return rows
    }
    return undefined
  }
  const waitForClient = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    stall = setTimeout(() => {
      controller.error(new Error('The client takes no bytes'))
      void finish()
    }, STALL_MS)
  }
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        waitForClient(controller)
        const begin = format.begin(columns)
        if (begin !== '') controller.enqueue(utf8.encode(begin))
      },
      async pull(controller) {
        clearTimeout(stall)
        try {
          const rows = await next()
          if (isOver) throw new Error('The client has left')
          if (rows) {
            controller.enqueue(utf8.encode(format.rows(rows, isFirst, columns)))
            isFirst = false
            waitForClient(controller)
            return
          }
          if (format.end !== '') controller.enqueue(utf8.encode(format.end))
          controller.close()
        } catch (error) {
          // The status is out: a body that is cut says that there would be more.
          controller.error(error)
        }
        await finish()
      },
      cancel: finish,
    },
    { highWaterMark: 0 },
  )
}
