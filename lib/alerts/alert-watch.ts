import type { FoldChange } from '../protocol/fold.ts'
import { type Reading, toReading } from '../readings/reading.ts'
import type { AlertBook } from './alert-book.ts'
import { AlertEngine } from './engine.ts'
import type { AlertRule } from './rule.ts'

/** Holds the rules of a book against the readings of a page, and writes down what comes of it. */
export class AlertWatch {
  readonly #book: AlertBook
  readonly #engine = new AlertEngine()
  #rules: readonly AlertRule[] = []

  constructor(book: AlertBook) {
    this.#book = book
    this.#takeRules()
    book.subscribe(() => this.#takeRules())
  }

  /** Whether there is a rule to hold against anything. */
  get isNeeded(): boolean {
    return this.#rules.some(({ isOn }) => isOn)
  }

  /** Time of the newest reading so far, in Unix seconds; undefined on a page without readings. */
  get newestS(): number | undefined {
    return this.#engine.newestS
  }

  /** Readings that appear, in whatever relation. Those that vanish have been reported all the same. */
  observe({ updates }: FoldChange): Promise<void> {
    const readings: Reading[] = []
    for (const { diff, row } of updates) {
      const reading = diff > 0 ? toReading(row) : undefined
      if (reading) readings.push(reading)
    }
    return this.#book.record(this.#engine.observe(readings))
  }

  #takeRules(): void {
    const { rules, alerts } = this.#book.getPages()
    // The book is written at each alert as well.
    if (JSON.stringify(rules) === JSON.stringify(this.#rules)) return
    this.#rules = rules
    this.#engine.setRules(rules, alerts)
  }
}
