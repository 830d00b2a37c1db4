import type { Backend } from '../backend.ts'
import type { Column, Update, Values } from '../change.ts'
import type { StatementError } from '../errors.ts'
import { History } from '../history.ts'
import type { Version } from '../version.ts'
import type { Node } from './syntax.ts'

/** What every relation needs of the engine. */
export interface Context {
  readonly backend: Backend
  readonly era: Version['era']
}

/** The work at one timestamp: which relations have changed so far, and how. */
export interface Step {
  readonly timestamp: bigint
  /** Whether a statement may have written to tables. */
  readonly written: boolean
  /** Whether the catalog may have changed. */
  readonly defined: boolean
  /** The one array for equal rows: relations that pass rows on, and their histories, hold them once. */
  share(values: Values): Values
  /** Makes the timestamp the current time of SQL; called before a query whose result depends on it. */
  enter(): void
  readonly changed: ReadonlyMap<Relation, readonly Update[]>
}

/** A row of a snapshot; `diff` is how many copies there are. */
export interface Copies {
  readonly values: Values
  readonly diff: number
}

/** A column of an index: an expression, and its place in an order. */
export interface IndexPart {
  readonly expression: Node
  readonly order: string
}

/** How the name of a relation stands in the queries of those above it. */
export const sourceName = (relation: Relation): string => `mz:${relation.id}`

/**
 * A table or a view, with its changes by timestamp. Relations form a graph without circles: `step` turns the changes
 * of those beneath into its own, and SQL for its content and for its changes of the current step is there for
 * those above.
 */
export abstract class Relation {
  /** An object's id such as `u7`, or a name of ours where the user made no object of it. */
  readonly id: string
  readonly columns: readonly Column[]
  readonly sources: readonly Relation[]
  readonly history: History
  /** Those that are made of it; it must outlive them. */
  readonly dependents = new Set<Relation>()
  readonly failures = new Failures()
  protected readonly context: Context

  constructor(
    context: Context,
    id: string,
    columns: readonly Column[],
    sources: readonly Relation[],
    since: bigint,
  ) {
    this.context = context
    this.id = id
    this.columns = columns
    this.sources = sources
    this.history = new History(since)
    context.backend.onRollback(() => this.close())
  }

  /** SQL for all its rows. Where a temporal filter is beneath, those of the current time. */
  abstract content(): string
  /** `content`, for a query that reads the rows of a few keys for which there is an index. */
  lookup(): string {
    return this.content()
  }

  /** SQL for its changes in the current step, with their diffs as "mz:diff"; `only` restricts the rows of `origin`. */
  abstract delta(only?: string): string
  /** The relation whose table of changes `delta` reads. */
  abstract readonly origin: Relation
  /** Prepares what `content` and `delta` read; called before a relation is made of it, within a transaction. */
  abstract feed(): void
  /** Its changes at the step's timestamp, consolidated. Within a transaction, each step once. */
  abstract step(step: Step): readonly Update[]
  /** All its rows, at the current time. Within a transaction. */
  abstract snapshot(): Iterable<Copies>
  /** Frees what it holds in PGlite. */
  abstract close(): void

  /**
   * Makes the rows of a key cheap to find, where that can be done without harm, and tells whether it did. Expressions
   * are over its columns.
   */
  abstract index(parts: readonly IndexPart[], method: 'btree' | 'hash'): boolean

  /** Whether it reads the `delta` of what it is made of, and not the content alone. */
  get readsDeltas(): boolean {
    return true
  }

  /** Whether anything reads its `delta`: writing it costs as much as all the rest. */
  protected get deltaIsRead(): boolean {
    for (const dependent of this.dependents) if (dependent.readsDeltas) return true
    return false
  }

  /** When it changes by itself next. */
  due(): bigint | undefined {
    return undefined
  }

  /** Why it, or one beneath, cannot be evaluated just now. */
  failure(): string | undefined {
    return this.failures.message ?? firstOf(this.sources, (source) => source.failure())
  }

  /** Whether it is `other`, or something made of it. */
  isMadeOf(other: Relation | undefined): boolean {
    return this === other || this.sources.some((source) => source.isMadeOf(other))
  }

  /** Whether nothing beneath can ever change. */
  isConstant(): boolean {
    return this.sources.every((source) => source.isConstant())
  }
}

function firstOf<Item, Result>(
  items: readonly Item[],
  find: (item: Item) => Result | undefined,
): Result | undefined {
  for (const item of items) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}

/** What cannot be evaluated, by message: as long as one is there, the relation has no right answer. */
export class Failures {
  readonly #counts = new Map<string, number>()

  /** Of several the one that Materialize tells: the shortest. */
  get message(): string | undefined {
    let shortest: string | undefined
    for (const message of this.#counts.keys()) {
      if (shortest === undefined || weight(message) < weight(shortest)) shortest = message
    }
    return shortest
  }

  add(error: StatementError, diff: number): void {
    const message = error.fields.detail?.endsWith('infinite value.') ? INFINITE : error.message
    const count = (this.#counts.get(message) ?? 0) + diff
    if (count === 0) this.#counts.delete(message)
    else this.#counts.set(message, count)
  }

  clear(): void {
    this.#counts.clear()
  }
}

/** Only a float can be infinite. */
const INFINITE = 'function casting double precision to numeric is only defined for finite arguments'

/** What a message quotes is what its error holds; the words are not. */
const weight = (message: string): number =>
  message.startsWith('invalid byte') ? -1 : (/"(.*)"/s.exec(message)?.[1]?.length ?? -1)
