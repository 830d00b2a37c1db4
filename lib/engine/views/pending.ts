import type { Values } from '../change.ts'

/** Changes that are known now and take place later: the bounds of temporal filters, in the order of their time. */
export class Pending {
  readonly #changes = new Map<bigint, { values: Values; diff: number }[]>()
  /** A binary heap of the times. */
  readonly #times: bigint[] = []

  add(time: bigint, values: Values, diff: number): void {
    const changes = this.#changes.get(time)
    if (changes) {
      changes.push({ values, diff })
    } else {
      this.#changes.set(time, [{ values, diff }])
      this.#rise(time)
    }
  }

  next(): bigint | undefined {
    return this.#times[0]
  }

  /** Removes and returns what takes place at `time`, if it is the next one. */
  take(time: bigint): readonly { values: Values; diff: number }[] {
    if (this.#times[0] !== time) return []
    this.#sink()
    const changes = this.#changes.get(time) ?? []
    this.#changes.delete(time)
    return changes
  }

  #rise(time: bigint): void {
    const times = this.#times
    let at = times.length
    while (at > 0) {
      const parent = (at - 1) >> 1
      const other = times[parent] ?? 0n
      if (other <= time) break
      times[at] = other
      at = parent
    }
    times[at] = time
  }

  #sink(): void {
    const times = this.#times
    const last = times.pop()
    if (last === undefined || times.length === 0) return
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= times.length) break
      const [left, right] = [times[child] ?? 0n, times[child + 1]]
      if (right !== undefined && right < left) child++
      const smaller = times[child] ?? 0n
      if (smaller >= last) break
      times[at] = smaller
      at = child
    }
    times[at] = last
  }
}
