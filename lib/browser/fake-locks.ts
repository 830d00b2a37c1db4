interface Request {
  readonly resolve: () => void
}

/** The locks of a browser, for tests: as `navigator.locks`, exclusive and in order. */
export class FakeLocks {
  readonly #held = new Set<string>()
  readonly #queues = new Map<string, Request[]>()

  static create(): LockManager {
    // Only what is used is there.
    return new FakeLocks() as unknown as LockManager
  }

  async request(
    name: string,
    ...rest: [LockGrantedCallback<unknown>] | [LockOptions, LockGrantedCallback<unknown>]
  ) {
    const hold = rest.length === 1 ? rest[0] : rest[1]
    const { ifAvailable, signal }: LockOptions = rest.length === 1 ? {} : rest[0]
    await Promise.resolve()
    if (this.#held.has(name)) {
      if (ifAvailable) return hold(null)
      await this.#wait(name, signal)
    }
    this.#held.add(name)
    try {
      signal?.throwIfAborted()
      return await hold({ name, mode: 'exclusive' })
    } finally {
      this.#held.delete(name)
      this.#queues.get(name)?.shift()?.resolve()
    }
  }

  #wait(name: string, signal: AbortSignal | undefined): Promise<void> {
    const queue = this.#queues.get(name) ?? []
    this.#queues.set(name, queue)
    return new Promise((resolve, reject) => {
      const request = { resolve }
      queue.push(request)
      signal?.addEventListener('abort', () => {
        const index = queue.indexOf(request)
        if (index < 0) return
        queue.splice(index, 1)
        reject(signal.reason)
      })
    })
  }
}
