import { Client } from 'pg'
import { sleep } from '../sleep.ts'
import type { Random } from './random.ts'

/** Rows of the table, about. */
const IDS = 40
const NOTE_CHARS = 30
const FLOOD_NOTE_CHARS = 6_000

/** Writes to the table over a connection of its own, and connects again where that ends. */
export class Writer {
  readonly #url: () => string
  readonly #random: Random
  readonly #stop = new AbortController()
  readonly #running: Promise<void>
  /** Long notes and no pauses. */
  isFlooding = false

  constructor(url: () => string, random: Random) {
    this.#url = url
    this.#random = random
    this.#running = this.#run()
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop
    while (!signal.aborted) {
      await this.#write().catch(() => {
        // The engine is away, or the table is: that is what the schedule wants.
      })
      await sleep(50, signal)
    }
  }

  async #write(): Promise<void> {
    const client = new Client({ connectionString: this.#url() })
    client.on('error', () => {})
    try {
      await client.connect()
      while (!this.#stop.signal.aborted) {
        await this.#writeOnce(client)
        await sleep(this.#pauseMs(), this.#stop.signal)
      }
    } finally {
      await client.end().catch(() => {})
    }
  }

  /** Often less than what the hub gathers, so that some changes wait to be sent with others. */
  #pauseMs(): number {
    if (this.isFlooding || this.#random.chance(0.5)) return this.#random.int(1, 8)
    return this.#random.int(40, 300)
  }

  async #writeOnce(client: Client): Promise<void> {
    const random = this.#random
    // An older server's transactions hold INSERTs only.
    if (!random.chance(0.15)) {
      await client.query(this.#statement())
      return
    }
    await client.query('BEGIN')
    for (let count = random.int(2, 4); count > 0; count--) await client.query(this.#insert())
    await client.query(random.chance(0.8) ? 'COMMIT' : 'ROLLBACK')
  }

  #statement(): string {
    const random = this.#random
    const id = random.int(1, IDS)
    switch (this.isFlooding ? 3 : random.int(0, 5)) {
      case 0:
      case 1:
        return `UPDATE t SET v = ${random.int(0, 99)} WHERE id = ${id}`
      case 2:
        return `UPDATE t SET grp = ${random.int(0, 4)} WHERE id = ${id}`
      case 3:
        if (this.isFlooding)
          return `UPDATE t SET note = '${this.#note(FLOOD_NOTE_CHARS)}' WHERE id <= ${IDS / 4}`
        return `DELETE FROM t WHERE id IN (${id}, ${random.int(1, IDS)})`
      default:
        return this.#insert()
    }
  }

  /** Also of rows that are there already: a relation is a multiset. */
  #insert(): string {
    const random = this.#random
    const row = () => {
      const note = random.chance(0.2) ? 'NULL' : `'${this.#note(random.int(0, NOTE_CHARS))}'`
      const ends = ((Date.now() + random.int(300, 6_000)) / 1_000).toFixed(3)
      return `(${random.int(1, IDS)}, ${random.int(0, 4)}, ${random.int(0, 99)}, ${ends}, ${note})`
    }
    const rows = Array.from({ length: random.int(1, 3) }, row)
    if (random.chance(0.2)) rows.push(rows[0] ?? row())
    return `INSERT INTO t (id, grp, v, ends, note) VALUES ${rows.join(', ')}`
  }

  #note(length: number): string {
    return String.fromCodePoint(0x61 + this.#random.int(0, 25), 0xfc).repeat(Math.ceil(length / 2))
  }
}
