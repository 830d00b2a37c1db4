import type { Column, Update } from '../protocol/events.ts'
import type { FoldChange } from '../protocol/fold.ts'
import type { Row } from '../protocol/row.ts'
import { forEachStep, type Steps } from '../steps.ts'
import { ChartMemory, MEMORY_MS } from './chart-memory.ts'
import { ChartPoints } from './chart-points.ts'
import type { ChartRoles } from './chart-roles.ts'
import { toNumber, toTimeMs } from './column-kind.ts'
import { firstOf } from './natural-order.ts'

/** More lines than this cannot be told apart, nor painted in time. */
export const MAX_LINES = 24

/** One line: a value of one key. */
export interface ChartSeries {
  readonly id: string
  readonly key: string | undefined
  readonly value: string
  readonly line: ChartPoints
}

/**
 * What the chart of a relation is drawn from. Where rows say when they are true of, each is a point at that time; else
 * a value is a point at the time at which the stream brought it, and holds until the next. A relation that keeps its
 * own history is drawn as it is; of one that has only the last row of each key, what was seen is remembered. What may
 * be much work is done in steps; between them the points may not be looked at.
 */
export class ChartSource {
  #columns: readonly Column[] = []
  #roles: ChartRoles = { time: undefined, key: undefined, values: [] }
  #series = new Map<string, ChartSeries>()
  /** The keys that are drawn, with the number of their rows, and in whose order. */
  #drawn = new Map<string, number>()
  #keys = 0
  #hasHistory = false
  readonly #memory = new ChartMemory()
  #version = 0

  get roles(): ChartRoles {
    return this.#roles
  }

  get series(): readonly ChartSeries[] {
    return [...this.#series.values()]
  }

  /** How many keys the relation has; no more than {@link MAX_LINES} are drawn. */
  get keys(): number {
    return this.#keys
  }

  get drawnKeys(): number {
    return this.#drawn.size
  }

  /** Changes with every change of the points. */
  get version(): number {
    return this.#version
  }

  /** Of a reset `roles` are what is drawn from then on; `rows` are those that are there after the change; `atMs` is the stream's own time. */
  *apply(
    { reset, updates }: FoldChange,
    atMs: number,
    columns: readonly Column[],
    rows: Iterable<{ row: Row }>,
    roles = this.#roles,
  ): Steps {
    this.#memory.add({ atMs, reset, updates })
    if (!reset) yield* this.#change(updates, atMs)
    else {
      const isAltered = JSON.stringify(columns) !== JSON.stringify(this.#columns)
      this.#columns = columns
      this.#roles = roles
      this.#hasHistory = false
      // What came before has other columns.
      if (isAltered) this.#memory.forgetAllButLast()
      yield* this.#rebuild(rows)
    }
    this.#version += 1
  }

  /** Draws other columns, from the rows that are there and from what is remembered. */
  *setRoles(roles: ChartRoles, rows: Iterable<{ row: Row }>): Steps {
    if (JSON.stringify(roles) === JSON.stringify(this.#roles)) return
    this.#roles = roles
    this.#hasHistory = false
    yield* this.#rebuild(rows)
    this.#version += 1
  }

  *#rebuild(rows: Iterable<{ row: Row }>): Steps {
    this.#drawn.clear()
    this.#series.clear()
    if (this.#roles.values.length === 0) return
    const counts = new Map<string, number>()
    yield* forEachStep(rows, ({ row }) => {
      const key = this.#keyOf(row)
      counts.set(key, (counts.get(key) ?? 0) + 1)
    })
    this.#keys = counts.size
    for (const key of firstOf(counts.keys(), this.#maxKeys)) this.#drawn.set(key, 0)
    this.#hasHistory = [...counts.values()].some((count) => count > 1)
    if (this.#roles.time === undefined) {
      yield* this.#replay()
      return
    }
    if (!this.#hasHistory) {
      for (const { updates } of this.#memory.changes)
        yield* forEachStep(updates, ({ diff, row }) => {
          if (diff > 0) this.#draw(row)
        })
    }
    yield* forEachStep(rows, ({ row }) => this.#draw(row))
    for (const [key] of this.#drawn) this.#drawn.set(key, counts.get(key) ?? 0)
  }

  *#replay(): Steps {
    for (const { reset, updates, atMs } of this.#memory.changes) {
      if (reset) this.#breakAll(atMs)
      yield* this.#sample(updates, atMs)
    }
  }

  *#change(updates: readonly Update[], atMs: number): Steps {
    if (this.#roles.values.length === 0) return
    yield* forEachStep(updates, ({ diff, row }) => {
      const key = this.#keyOf(row)
      const rows = this.#drawn.get(key)
      if (rows === undefined && diff > 0 && this.#drawn.size < this.#maxKeys) this.#drawn.set(key, 1)
      else if (rows !== undefined) this.#drawn.set(key, Math.max(0, rows + diff))
    })
    // Rows that go stand before those that come: more than one of a key afterwards is a history.
    if (!this.#hasHistory) this.#hasHistory = [...this.#drawn.values()].some((rows) => rows > 1)
    if (this.#roles.time === undefined) {
      yield* this.#sample(updates, atMs)
      this.#forget(atMs - MEMORY_MS)
      return
    }
    yield* forEachStep(updates, ({ diff, row }) => {
      if (diff > 0) this.#draw(row)
      else if (this.#hasHistory) this.#erase(row)
    })
    this.#keys = Math.max(this.#keys, this.#drawn.size)
  }

  #draw(row: Row): void {
    const t = this.#timeOf(row)
    if (t === undefined) return
    for (const [value, line] of this.#linesOf(row)) {
      const v = toNumber(row[value])
      if (v === undefined) continue
      if (this.#hasHistory) line.add(t, v)
      else line.put(t, v)
    }
  }

  #erase(row: Row): void {
    const t = this.#timeOf(row)
    if (t === undefined) return
    for (const [value, line] of this.#linesOf(row)) line.remove(t, toNumber(row[value]) ?? null)
  }

  /** The values as the stream brought them; what is gone and not replaced ends its line. */
  *#sample(updates: readonly Update[], atMs: number): Steps {
    yield* forEachStep(updates, ({ diff, row }) => {
      for (const [value, line] of this.#linesOf(row)) {
        line.put(atMs, diff > 0 ? (toNumber(row[value]) ?? null) : null)
      }
    })
  }

  #breakAll(atMs: number): void {
    for (const { line } of this.#series.values()) if (line.points.length > 0) line.put(atMs - 1, null)
  }

  #forget(beforeMs: number): void {
    for (const { line } of this.#series.values()) {
      // The last value from before still holds at the edge.
      const from = line.points[line.indexAfter(beforeMs) - 1]
      if (from) line.forgetBefore(from.t)
    }
  }

  /** The lines that a row has a value for. */
  *#linesOf(row: Row): Generator<readonly [value: string, line: ChartPoints]> {
    const key = this.#keyOf(row)
    if (!this.#drawn.has(key)) {
      if (this.#drawn.size >= this.#maxKeys) return
      this.#drawn.set(key, 0)
    }
    for (const value of this.#roles.values) {
      const id = JSON.stringify([key, value])
      let series = this.#series.get(id)
      if (!series) {
        series = { id, key: this.#roles.key === undefined ? undefined : key, value, line: new ChartPoints() }
        this.#series.set(id, series)
      }
      yield [value, series.line]
    }
  }

  get #maxKeys(): number {
    return Math.max(1, Math.floor(MAX_LINES / Math.max(1, this.#roles.values.length)))
  }

  #keyOf(row: Row): string {
    if (this.#roles.key === undefined) return ''
    const value = row[this.#roles.key] ?? null
    return typeof value === 'string' ? value : JSON.stringify(value)
  }

  #timeOf(row: Row): number | undefined {
    const { time } = this.#roles
    const type = this.#columns.find(({ name }) => name === time)?.type
    return time === undefined || type === undefined ? undefined : toTimeMs(row[time], type)
  }
}
