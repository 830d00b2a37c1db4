import { Client } from 'pg'
import type { Database } from '../engine/database.ts'
import { findRelation } from '../materialize/catalog.ts'
import { identify } from '../materialize/dialect.ts'
import { epochOf } from '../materialize/epoch.ts'
import { createShape } from '../shape/shape.ts'
import { RELATIONS, shapeQueryOf, WATCHED, type Watched } from './relations.ts'
import { keyOf, type Rows, type TextRow } from './rows.ts'

/** What a reader had at an id. */
export interface Observation {
  readonly reader: string
  readonly epoch: string
  readonly timestamp: bigint
  readonly rows: Rows
}

/** One subscription straight at the engine: everything that the relation held from its as-of on. */
class Recording {
  readonly asOf: bigint
  readonly #subscription: Awaited<ReturnType<Database['subscribe']>>
  readonly #changes: { timestamp: bigint; diff: number; row: TextRow }[] = []
  /** Nothing below will follow. */
  #frontier = 0n

  constructor(subscription: Awaited<ReturnType<Database['subscribe']>>) {
    this.#subscription = subscription
    this.asOf = subscription.asOf
  }

  /** Takes what there is: the engine keeps it until then. */
  drain(): void {
    for (const message of this.#subscription.take()) {
      const { timestamp } = message
      if (timestamp > this.#frontier) this.#frontier = timestamp
      if (message.progress) continue
      const row = this.#subscription.columns.map(({ name }, i) => [name, message.values[i] ?? null])
      this.#changes.push({ timestamp, diff: message.diff, row: Object.fromEntries(row) })
    }
  }

  knows(timestamp: bigint): boolean {
    return timestamp >= this.asOf && timestamp < this.#frontier
  }

  toString(): string {
    return `${this.asOf} to below ${this.#frontier}`
  }

  /** The rows of a shape as of each timestamp; these ascend. */
  *at(timestamps: Iterable<bigint>, { map }: Watched): Generator<Rows, void> {
    const rows = new Map<string, number>()
    let next = 0
    for (const timestamp of timestamps) {
      for (let change = this.#changes[next]; change && change.timestamp <= timestamp; ) {
        const row = map(change.row)
        if (row) add(rows, keyOf(row), change.diff)
        change = this.#changes[++next]
      }
      yield rows
    }
  }
}

function add(rows: Map<string, number>, key: string, diff: number): void {
  const count = (rows.get(key) ?? 0) + diff
  if (count === 0) rows.delete(key)
  else rows.set(key, count)
}

interface Known {
  readonly watched: Watched
  readonly recordings: Recording[]
}

/** Knows what every relation held at every moment, without any of what lies between the engine and a reader. */
export class Oracle {
  readonly #byEpoch = new Map<string, Known>()
  readonly #recordings = new Set<Recording>()
  readonly #current = new Map<Watched, string>()

  /** To be called as soon as the relations are there: what they hold from now on is known. */
  async watch(database: Database, url: string, relations: readonly string[] = RELATIONS): Promise<void> {
    const recordings = new Map<string, Recording>()
    for (const relation of relations) {
      const plan = await database.plan({ relation: [relation] })
      recordings.set(relation, new Recording(await database.subscribe(plan, { snapshot: true })))
    }
    const client = new Client({ connectionString: url })
    await client.connect()
    try {
      const server = await identify(client)
      for (const [name, recording] of recordings) {
        this.#recordings.add(recording)
        const relation = await findRelation(client, 'materialize', { schema: 'public', name })
        for (const watched of WATCHED.filter((one) => one.relation === name)) {
          const shape = createShape(shapeQueryOf(watched), relation.columns)
          if (Array.isArray(shape)) throw new Error(`${watched.query} does not fit ${name}`)
          const epoch = epochOf(server, relation, shape.key)
          const known = this.#byEpoch.get(epoch) ?? { watched, recordings: [] }
          known.recordings.push(recording)
          this.#byEpoch.set(epoch, known)
          this.#current.set(watched, epoch)
        }
      }
    } finally {
      await client.end()
    }
  }

  /** The epoch that readers should end in. */
  epochOf(watched: Watched): string | undefined {
    return this.#current.get(watched)
  }

  /** Takes what is known so far. To be called just before the engine ends, and before anything is asked. */
  drain(database: Database): void {
    // A cursor that begins now has heard of now; with a tick so have all others.
    void database.tick()
    for (const recording of this.#recordings) recording.drain()
  }

  /** Compares what readers had with what there was; calls `tell` for each, with what it should be or why nobody knows. */
  check(
    observations: readonly Observation[],
    tell: (observation: Observation, expected: Rows | string) => void,
  ): void {
    const groups = new Map<Recording, Map<string, Observation[]>>()
    for (const observation of observations) {
      const { epoch, timestamp } = observation
      const recording = this.#byEpoch.get(epoch)?.recordings.findLast(({ asOf }) => asOf <= timestamp)
      if (!recording?.knows(timestamp)) {
        const known = this.#byEpoch.get(epoch)?.recordings.join(', ') ?? 'nothing'
        tell(observation, `only this is known: ${known}`)
        continue
      }
      const byEpoch = groups.get(recording) ?? new Map<string, Observation[]>()
      groups.set(recording, byEpoch)
      byEpoch.set(epoch, [...(byEpoch.get(epoch) ?? []), observation])
    }
    for (const [recording, byEpoch] of groups) {
      for (const [epoch, group] of byEpoch) {
        const known = this.#byEpoch.get(epoch)
        if (!known) continue
        const sorted = group.sort((a, b) => Number(a.timestamp - b.timestamp))
        let i = 0
        for (const rows of recording.at(
          sorted.map(({ timestamp }) => timestamp),
          known.watched,
        )) {
          const observation = sorted[i++]
          if (observation) tell(observation, rows)
        }
      }
    }
  }
}
