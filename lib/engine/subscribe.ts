import { snapshotAsOf } from './as-of.ts'
import type { Column } from './change.ts'
import type { Core } from './core.ts'
import { evaluationError, internalError, StatementError } from './errors.ts'
import { toUpdates } from './followers.ts'
import type { Frontier } from './frontier.ts'
import { recall } from './recall.ts'
import { Queue } from './subscription.ts'
import { MAX_TIMESTAMP } from './time-sql.ts'
import type { Relation } from './views/relation.ts'

/** What a subscription would watch; good until the relation is dropped or replaced. */
export interface Plan {
  readonly columns: readonly Column[]
  /** Where the plan is of a relation: its id, such as `u1`, its name as asked for, and its full name. */
  readonly relation:
    | { readonly id: string; readonly parts: readonly string[]; readonly name: string }
    | undefined
  readonly query: string | undefined
}

export interface SubscribeOptions {
  readonly asOf?: bigint
  readonly snapshot: boolean
}

/** Opens subscriptions. */
export class Subscriber {
  readonly #core: Core
  readonly #frontier: Frontier

  constructor(core: Core, frontier: Frontier) {
    this.#core = core
    this.#frontier = frontier
  }

  open(plan: Plan, { asOf, snapshot }: SubscribeOptions): Queue {
    const now = this.#core.timeline.read()
    this.#frontier.advance(now)
    this.#core.executor.setNow(now)
    return this.#core.backend.transaction(() => {
      const relation = this.#find(plan, now)
      if (relation.isConstant()) return this.#constant(plan, relation, asOf, snapshot)
      const time = asOf ?? now
      const object = this.#core.registry.entries.get(relation.id)?.object
      const of = plan.query !== undefined ? { sql: plan.query } : object
      if (of) recall(this.#core, { of, relation }, time, now)
      return this.#follow(plan, relation, { asOf: time, snapshot }, now)
    })
  }

  #find(plan: Plan, now: bigint): Relation {
    try {
      if (plan.query !== undefined) return this.#core.registry.query(plan.query, plan.columns, now)
      const { relation, failure } = this.#core.registry.find(plan.relation?.parts ?? [])
      if (failure) throw failure
      if (!relation) throw new TypeError('an object without a relation')
      if (!sameColumns(relation.columns, plan.columns)) {
        throw new StatementError({
          severity: 'ERROR',
          code: '0A000',
          message: 'cached plan must not change result type',
        })
      }
      return relation
    } catch (error) {
      const isPlanning =
        error instanceof StatementError && /^(Unsupported|cannot materialize)/.test(error.message)
      if (this.#core.era === 'tail' || !isPlanning) throw error
      throw internalError(`internal error: internal error in optimizer: ${error.message}`)
    }
  }

  #follow(
    plan: Plan,
    relation: Relation,
    { asOf, snapshot }: Required<SubscribeOptions>,
    now: bigint,
  ): Queue {
    const queue: Queue = new Queue(plan.columns, asOf, () => {
      leave()
      this.#release(relation)
    })
    const leave = this.#core.followers.add(relation, queue, snapshot)
    if (asOf > now) return queue
    // The later servers tell the error in place of the rows.
    if (this.#core.era === 'subscribe' && relation.failure() !== undefined) {
      this.#core.followers.markStarted(queue)
      this.#core.followers.failBroken()
      return queue
    }
    const later = relation.history.after(asOf)
    if (snapshot) queue.push(snapshotAsOf(relation, asOf))
    for (const { changes } of later) queue.push(changes)
    this.#core.followers.markStarted(queue)
    queue.progress(now + 1n)
    this.#core.followers.failBroken()
    return queue
  }

  /** What never changes is stamped with the end of time, and ends. */
  #constant(plan: Plan, relation: Relation, asOf: bigint | undefined, snapshot: boolean): Queue {
    const kind = plan.relation && this.#core.registry.entries.get(plan.relation.id)?.object.kind
    const isStamped = this.#core.era === 'tail' ? asOf !== undefined : kind === 'materialized-view'
    const stamp = isStamped ? (asOf ?? this.#core.timeline.read()) : MAX_TIMESTAMP
    const queue = new Queue(plan.columns, stamp, () => this.#release(relation))
    if (this.#core.era === 'subscribe') queue.progress(stamp)
    const failure = this.#core.era === 'subscribe' ? relation.failure() : undefined
    if (failure !== undefined) queue.fail(evaluationError(failure))
    if (snapshot) queue.push(toUpdates(relation, stamp))
    queue.end()
    return queue
  }

  #release(relation: Relation): void {
    this.#core.registry.release(relation, (each) => this.#core.followers.has(each))
  }
}

function sameColumns(left: readonly Column[], right: readonly Column[]): boolean {
  return (
    left.length === right.length &&
    left.every(({ name, typeOid }, index) => name === right[index]?.name && typeOid === right[index]?.typeOid)
  )
}
