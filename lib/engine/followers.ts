import type { Update } from './change.ts'
import type { Changes } from './dataflow.ts'
import { evaluationError, type StatementError } from './errors.ts'
import type { Queue } from './subscription.ts'
import type { Version } from './version.ts'
import type { Relation } from './views/relation.ts'

interface Follower {
  readonly relation: Relation
  readonly queue: Queue
  readonly snapshot: boolean
  /** Whether the as-of is reached. */
  started: boolean
}

/** All subscriptions, by what they follow. */
export class Followers {
  readonly #era: Version['era']
  readonly #all = new Set<Follower>()

  constructor(era: Version['era']) {
    this.#era = era
  }

  has(relation: Relation): boolean {
    for (const follower of this.#all) if (follower.relation === relation) return true
    return false
  }

  /** From here on it gets what comes after its as-of; `start` is still to be called. Answers how to leave. */
  add(relation: Relation, queue: Queue, snapshot: boolean): () => void {
    const follower = { relation, queue, snapshot, started: false }
    this.#all.add(follower)
    if (this.#era === 'subscribe') queue.progress(queue.asOf)
    return () => this.#all.delete(follower)
  }

  /** The next as-of ahead. */
  due(): bigint | undefined {
    let next: bigint | undefined
    for (const { started, queue } of this.#all) {
      if (!started && (next === undefined || queue.asOf < next)) next = queue.asOf
    }
    return next
  }

  /** Gives those whose as-of is `timestamp` their snapshot: what their relation holds now. */
  start(timestamp: bigint, enter: () => void): void {
    for (const follower of this.#all) {
      if (follower.started || follower.queue.asOf !== timestamp) continue
      const { relation, queue, snapshot } = follower
      follower.started = true
      enter()
      queue.push(snapshot ? toUpdates(relation, timestamp) : [])
    }
  }

  /** Marks a follower whose past was told otherwise. */
  markStarted(queue: Queue): void {
    for (const follower of this.#all) if (follower.queue === queue) follower.started = true
  }

  publish({ timestamp, byRelation }: Changes): void {
    for (const { relation, queue, started } of this.#all) {
      const changes = started && queue.asOf < timestamp ? byRelation.get(relation) : undefined
      if (changes) queue.push(changes)
    }
  }

  /** Says that everything below `frontier` is told: to those of `relations`, or to all. */
  progress(frontier: bigint, relations?: ReadonlyMap<Relation, unknown>): void {
    for (const { relation, queue, started } of this.#all) {
      if (relations && !relations.has(relation)) continue
      if (started) queue.progress(frontier)
      else if (this.#era === 'tail') queue.progress(frontier < queue.asOf ? frontier : queue.asOf)
    }
  }

  /** The later servers end a subscription that meets an error; the older ones leave the row out. */
  failBroken(): void {
    if (this.#era === 'tail') return
    for (const { relation, queue, started } of this.#all) {
      const failure = started ? relation.failure() : undefined
      if (failure !== undefined) queue.fail(evaluationError(failure))
    }
  }

  /** Ends those that follow `relation`, or something made of it. */
  fail(relation: Relation, error: StatementError): void {
    for (const follower of this.#all) if (follower.relation.isMadeOf(relation)) follower.queue.fail(error)
  }
}

export function toUpdates(relation: Relation, timestamp: bigint): Update[] {
  const updates: Update[] = []
  for (const { values, diff } of relation.snapshot())
    updates.push({ progress: false, timestamp, diff, values })
  return updates
}
