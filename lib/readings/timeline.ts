import { indexAt } from './index-at.ts'

interface Timed {
  readonly timestamp: number
}

/**
 * Things in the order of their time, held as a multiset: what is added twice is removed twice. Nearly all that
 * comes is the newest and nearly all that goes is the oldest, so both ends are tried first.
 */
export class Timeline<T extends Timed> {
  #items: T[] = []

  get items(): readonly T[] {
    return this.#items
  }

  get last(): T | undefined {
    return this.#items.at(-1)
  }

  /** Where the first item at or after a time stands. */
  indexAt(timestamp: number): number {
    return indexAt(this.#items, timestamp)
  }

  /** Adds so many equal items, or takes them away where `diff` is negative. */
  apply(item: T, diff: number): void {
    for (let copies = diff; copies > 0; copies -= 1) this.#add(item)
    for (let copies = diff; copies < 0; copies += 1) this.#remove(item)
  }

  /** Lets everything go that is not within the times, the begin included and the end not. */
  cut(fromS: number, beforeS = Number.POSITIVE_INFINITY): void {
    const first = this.indexAt(fromS)
    const end = this.indexAt(beforeS)
    if (first > 0 || end < this.#items.length) this.#items = this.#items.slice(first, end)
  }

  #add(item: T): void {
    const { last } = this
    if (!last || last.timestamp <= item.timestamp) this.#items.push(item)
    else this.#items.splice(this.indexAt(item.timestamp), 0, item)
  }

  #remove(item: T): void {
    for (let index = this.indexAt(item.timestamp); index < this.#items.length; index += 1) {
      const other = this.#items[index]
      if (!other || other.timestamp !== item.timestamp) return
      if (!isSame(other, item)) continue
      if (index === 0) this.#items.shift()
      else this.#items.splice(index, 1)
      return
    }
  }
}

function isSame<T extends Timed>(a: T, b: T): boolean {
  return (Object.keys(a) as (keyof T)[]).every((key) => a[key] === b[key])
}
