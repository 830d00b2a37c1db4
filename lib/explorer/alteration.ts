import type { Column } from '../protocol/events.ts'

/** How the columns of a relation have changed while it was looked at. */
export interface Alteration {
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly retyped: readonly string[]
}

/** Undefined where the columns are the same. */
export function compareColumns(before: readonly Column[], after: readonly Column[]): Alteration | undefined {
  const old = new Map(before.map(({ name, type }) => [name, type]))
  const now = new Map(after.map(({ name, type }) => [name, type]))
  const added = [...now.keys()].filter((name) => !old.has(name))
  const removed = [...old.keys()].filter((name) => !now.has(name))
  const retyped = [...now.keys()].filter((name) => old.has(name) && old.get(name) !== now.get(name))
  return added.length + removed.length + retyped.length === 0 ? undefined : { added, removed, retyped }
}
