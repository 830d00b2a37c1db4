import type { FoldChange } from '../protocol/fold.ts'
import { type Reading, toReading } from '../readings/reading.ts'
import type { AlertBook } from './alert-book.ts'
import type { AlertEngine } from './engine.ts'
import type { AlertRule } from './rule.ts'

/** What holds rules against readings: loaded with the first rule that is on, as most pages have none. */
export type EngineModule = { readonly AlertEngine: new () => AlertEngine }

/** Holds the rules of a book against the readings of a page, and writes down what comes of it. */
export class AlertWatch {
  readonly #book: AlertBook
  readonly #loadEngine: () => Promise<EngineModule>
  #engine: AlertEngine | undefined
  #loading: Promise<void> | undefined
  /** What has come while the engine was on its way. */
  #early: Reading[][] = []
  #rules: readonly AlertRule[] = []
  #newestS: number | undefined

  constructor(book: AlertBook, loadEngine: () => Promise<EngineModule>) {
    this.#book = book
    this.#loadEngine = loadEngine
    this.#takeRules()
    book.subscribe(() => this.#takeRules())
  }

  /** Whether there is a rule to hold against anything. */
  get isNeeded(): boolean {
    return this.#rules.some(({ isOn }) => isOn)
  }

  /** Time of the newest reading so far, in Unix seconds; undefined on a page without readings. */
  get newestS(): number | undefined {
    return this.#newestS
  }

  /** Readings that appear, in whatever relation. Those that vanish have been reported all the same. */
  async observe({ updates }: FoldChange): Promise<void> {
    const readings: Reading[] = []
    for (const { diff, row } of updates) {
      const reading = diff > 0 ? toReading(row) : undefined
      if (!reading) continue
      readings.push(reading)
      if (reading.timestamp > (this.#newestS ?? Number.NEGATIVE_INFINITY)) this.#newestS = reading.timestamp
    }
    if (!this.isNeeded) return
    if (this.#engine) return this.#book.record(this.#engine.observe(readings))
    this.#early.push(readings)
    await this.#loading
  }

  #takeRules(): void {
    const { rules, alerts } = this.#book.getPages()
    // The book is written at each alert as well.
    if (JSON.stringify(rules) === JSON.stringify(this.#rules)) return
    this.#rules = rules
    this.#engine?.setRules(rules, alerts)
    if (this.isNeeded) this.#loading ??= this.#begin()
  }

  async #begin(): Promise<void> {
    const { AlertEngine } = await this.#loadEngine()
    const engine = new AlertEngine()
    engine.setRules(this.#rules, this.#book.getPages().alerts)
    this.#engine = engine
    const changes = this.#early.flatMap((readings) => engine.observe(readings))
    this.#early = []
    await this.#book.record(changes)
  }
}
