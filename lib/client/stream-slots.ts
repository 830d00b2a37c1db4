import { MAX_STREAMS } from './max-streams.ts'

const LOCK = 'tailboard-stream-'

/** Lets only so many streams be open; the others wait for their turn. */
export interface Slots {
  /** Calls `onTurn` when it is the caller's turn, and `onWait` before if that takes longer. Returns the way to leave. */
  take(onTurn: () => void, onWait: () => void): () => void
}

/** The slots of one page or worker, given in the order in which they are asked for. */
export class OwnSlots implements Slots {
  readonly #max: number
  #taken = 0
  readonly #waiting = new Set<() => void>()

  constructor(max = MAX_STREAMS) {
    this.#max = max
  }

  take(onTurn: () => void, onWait: () => void): () => void {
    let isHeld = false
    let isDone = false
    const turn = () => {
      this.#waiting.delete(turn)
      this.#taken += 1
      isHeld = true
      onTurn()
    }
    if (this.#taken < this.#max) turn()
    else {
      this.#waiting.add(turn)
      onWait()
    }
    return () => {
      if (isDone) return
      isDone = true
      this.#waiting.delete(turn)
      if (!isHeld) return
      this.#taken -= 1
      const [next] = this.#waiting
      next?.()
    }
  }
}

/** The slots of a whole browser: whoever dies with a lock gives it back. */
export class LockSlots implements Slots {
  readonly #locks: LockManager
  readonly #names: readonly string[]
  /** Where the browser forbids locks. */
  readonly #own: OwnSlots

  constructor(locks: LockManager, max = MAX_STREAMS) {
    this.#locks = locks
    this.#own = new OwnSlots(max)
    this.#names = Array.from({ length: max }, (_, index) => `${LOCK}${index + 1}`)
  }

  take(onTurn: () => void, onWait: () => void): () => void {
    const leaving = new AbortController()
    this.#take(leaving.signal, onTurn, onWait).catch(() => {
      if (leaving.signal.aborted) return
      leaving.signal.addEventListener('abort', this.#own.take(onTurn, onWait))
    })
    return () => leaving.abort()
  }

  async #take(left: AbortSignal, onTurn: () => void, onWait: () => void): Promise<void> {
    for (const name of this.#names) {
      if (left.aborted) return
      if (await this.#request(name, { ifAvailable: true }, left, onTurn)) return
    }
    if (left.aborted) return
    onWait()
    // The first lock that is freed is taken, and the others are no longer waited for.
    const waiting = new AbortController()
    const stop = () => waiting.abort()
    left.addEventListener('abort', stop)
    const turn = () => {
      stop()
      onTurn()
    }
    for (const name of this.#names)
      this.#request(name, { signal: waiting.signal }, left, turn).catch(() => {})
  }

  /** Holds a lock until `left`, from `onTurn` on. Tells at once whether it was given; rejects where there are none. */
  #request(name: string, options: LockOptions, left: AbortSignal, onTurn: () => void): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const hold = (lock: Lock | null) => {
        const isMine = lock !== null && !left.aborted && !options.signal?.aborted
        resolve(isMine)
        if (!isMine) return undefined
        onTurn()
        return new Promise<void>((release) => left.addEventListener('abort', () => release()))
      }
      // It fails when it is no longer waited for, and where the browser forbids locks.
      this.#locks
        .request(name, options, hold)
        .catch((error: unknown) => (options.signal?.aborted ? resolve(false) : reject(error)))
    })
  }
}

/** For all pages and workers of the browser where it has locks, else for this page or worker alone. */
export function createSlots(): Slots {
  // A page is rendered on the server as well, where no stream is ever opened.
  const locks = globalThis.navigator?.locks
  return locks ? new LockSlots(locks) : new OwnSlots()
}

/** How many streams the browser has open, in all its tabs; undefined where it has no locks to count them by. */
export async function countOpenStreams(): Promise<number | undefined> {
  const { held } = (await globalThis.navigator?.locks?.query()) ?? {}
  return held && new Set(held.map(({ name }) => name).filter((name) => name?.startsWith(LOCK))).size
}
