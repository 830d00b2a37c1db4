import type { Column } from '../change.ts'
import { readDataRow } from '../frames.ts'
import { encodeRow, sameFormats } from '../wire/values.ts'
import { type Cursor, canceled, type Host, type Request } from './portal.ts'

/** Rows that are written before the client is waited for. */
const BATCH_ROWS = 500

/**
 * The rows of a read. All are taken when the first is wanted, so that no transaction stays open in PGlite, where it
 * would keep every other session waiting.
 */
export class QueryCursor implements Cursor {
  readonly columns: readonly Column[]
  readonly #host: Host
  readonly #load: (signal: AbortSignal) => Promise<readonly Buffer[]>
  /** How the rows were loaded. */
  readonly #formats: readonly number[]
  #rows: readonly Buffer[] | undefined
  #next = 0

  constructor(
    host: Host,
    columns: readonly Column[],
    formats: readonly number[],
    load: (signal: AbortSignal) => Promise<readonly Buffer[]>,
  ) {
    this.#host = host
    this.columns = columns
    this.#formats = formats
    this.#load = load
  }

  async execute(request: Request): Promise<string | undefined> {
    const sent = await this.fetch({ ...request, formats: this.#formats })
    // Like Materialize it does not look whether more rows would follow.
    return sent === request.max ? undefined : `SELECT ${sent}`
  }

  async start(signal: AbortSignal): Promise<readonly Buffer[]> {
    this.#rows ??= await this.#load(signal)
    return this.#rows
  }

  async fetch({ max, signal, formats, encode }: Request): Promise<number> {
    const all = await this.start(signal)
    const end = Math.min(all.length, this.#next + max)
    const count = end - this.#next
    const asLoaded = !encode && sameFormats(formats, this.#formats, this.columns.length)
    while (this.#next < end) {
      const rows = all.slice(this.#next, Math.min(end, this.#next + BATCH_ROWS))
      this.#next += rows.length
      for (const row of rows) {
        if (asLoaded) this.#host.output.write(row)
        else {
          const values = readDataRow(row.subarray(5))
          this.#host.output.write(encode ? encode(values) : encodeRow(this.columns, values, formats))
        }
      }
      await this.#host.output.drained()
      if (signal.aborted) throw canceled()
    }
    return count
  }

  close(): void {
    this.#rows = []
  }
}
