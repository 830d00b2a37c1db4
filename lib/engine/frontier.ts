import type { Core } from './core.ts'
import type { Changes } from './dataflow.ts'

/** Carries changes to histories and followers, and moves the time before which all is told. */
export class Frontier {
  readonly #core: Core

  constructor(core: Core) {
    this.#core = core
  }

  /** Does what temporal filters, and subscriptions with an as-of ahead, have waiting up to `now`. */
  advance(now: bigint): void {
    const { backend, executor, followers, registry } = this.#core
    const due = () => earlier(registry.dataflow.due(), followers.due())
    let next = due()
    if (next === undefined || next > now) return
    const done: Changes[] = []
    backend.transaction(() => {
      for (; next !== undefined && next <= now; next = due()) {
        const timestamp = next
        const enter = once(() => executor.setNow(timestamp))
        done.push(registry.dataflow.step({ timestamp, written: false, defined: false, enter }))
        followers.start(timestamp, enter)
      }
    })
    followers.failBroken()
    for (const changes of done) this.#record(changes)
    followers.progress(now + 1n, new Map(done.flatMap(({ byRelation }) => [...byRelation])))
  }

  /** Tells what a commit did, and closes its timestamp. */
  publish(changes: Changes): void {
    const { era, followers } = this.#core
    // An error takes the place of the rows that came with it.
    followers.failBroken()
    this.#record(changes)
    // A later server's tables close their time together; an older one says so only where something happened.
    followers.progress(changes.timestamp + 1n, era === 'subscribe' ? undefined : changes.byRelation)
  }

  /** Moves the frontier of everything to `now`. */
  tick(now: bigint): void {
    this.advance(now)
    for (const relation of this.#core.registry.dataflow) relation.history.prune(now)
    this.#core.followers.progress(now + 1n)
  }

  #record(changes: Changes): void {
    for (const [relation, updates] of changes.byRelation) {
      relation.history.append({ timestamp: changes.timestamp, changes: updates })
    }
    this.#core.followers.publish(changes)
  }
}

function once(work: () => void): () => void {
  let isDone = false
  return () => {
    if (!isDone) work()
    isDone = true
  }
}

function earlier(left: bigint | undefined, right: bigint | undefined): bigint | undefined {
  if (left === undefined || right === undefined) return left ?? right
  return left < right ? left : right
}
