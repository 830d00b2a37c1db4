import type { Update, Values } from './change.ts'
import type { Relation, Step } from './views/relation.ts'
import { rowKey } from './views/rows.ts'

/** The changes of one timestamp, of each relation that has some. */
export interface Changes {
  readonly timestamp: bigint
  readonly byRelation: ReadonlyMap<Relation, readonly Update[]>
}

/** All relations, in an order in which each comes after those it is made of. */
export class Dataflow {
  readonly #relations = new Set<Relation>();

  [Symbol.iterator](): Iterator<Relation> {
    return this.#relations.values()
  }

  add(relation: Relation): void {
    for (const source of relation.sources) source.dependents.add(relation)
    this.#relations.add(relation)
  }

  /** As if it had never been added. */
  forget(relation: Relation): void {
    for (const source of relation.sources) source.dependents.delete(relation)
    this.#relations.delete(relation)
  }

  /** Lets go of a relation that nothing is made of, and then of those of ours beneath that were there for it. */
  remove(relation: Relation, isNeeded: (relation: Relation) => boolean): void {
    if (!this.#relations.has(relation) || relation.dependents.size > 0 || isNeeded(relation)) return
    this.forget(relation)
    relation.close()
    for (const source of relation.sources) this.remove(source, isNeeded)
  }

  /** When something changes by itself next. */
  due(): bigint | undefined {
    let next: bigint | undefined
    for (const relation of this.#relations) {
      const due = relation.due()
      if (due !== undefined && (next === undefined || due < next)) next = due
    }
    return next
  }

  /** Carries the changes of the tables, and what is due, through all views. Within a transaction. */
  step(given: Omit<Step, 'changed' | 'share'>): Changes {
    const byRelation = new Map<Relation, readonly Update[]>()
    const rows = new Map<string, Values>()
    const share = (values: Values): Values => {
      const key = rowKey(values)
      const shared = rows.get(key)
      if (!shared) rows.set(key, values)
      return shared ?? values
    }
    for (const relation of this.#relations) {
      const changes = relation.step({ ...given, share, changed: byRelation })
      if (changes.length > 0) byRelation.set(relation, changes)
    }
    return { timestamp: given.timestamp, byRelation }
  }
}
