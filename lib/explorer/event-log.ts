import type { RawEvent } from '../client/raw-event.ts'

export const MAX_EVENTS = 200

/** An event with its number, counted from the first that this page has seen. */
export interface LoggedEvent extends RawEvent {
  readonly number: number
}

export interface EventLogState {
  /** The newest first. */
  readonly events: readonly LoggedEvent[]
  /** How many have come in all, those that are no longer held included. */
  readonly total: number
  readonly isPaused: boolean
}

/** The last raw events of a stream, outside React. Tells its listeners at most so often. */
export class EventLog {
  readonly #minIntervalMs: number
  readonly #listeners = new Set<() => void>()
  #events: LoggedEvent[] = []
  #total = 0
  #state: EventLogState = { events: [], total: 0, isPaused: false }
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(minIntervalMs = 250) {
    this.#minIntervalMs = minIntervalMs
  }

  record(event: RawEvent): void {
    this.#total += 1
    this.#events.push({ ...event, number: this.#total })
    if (this.#events.length > MAX_EVENTS) this.#events.shift()
    if (this.#listeners.size > 0) this.#timer ??= setTimeout(() => this.#show(), this.#minIntervalMs)
  }

  /** What is shown stands still; what comes is held all the same. */
  setPaused = (isPaused: boolean): void => {
    this.#state = { ...this.#state, isPaused }
    this.#show()
  }

  getState = (): EventLogState => this.#state

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    this.#timer ??= setTimeout(() => this.#show(), 0)
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size > 0) return
      clearTimeout(this.#timer)
      this.#timer = undefined
    }
  }

  #show(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const { isPaused, events } = this.#state
    this.#state = { isPaused, events: isPaused ? events : this.#events.toReversed(), total: this.#total }
    for (const listener of this.#listeners) listener()
  }
}
