import { snapshotAsOf } from './as-of.ts'
import type { CatalogObject } from './catalog.ts'
import type { Core } from './core.ts'
import { Dataflow } from './dataflow.ts'
import { AsOfRefused } from './errors.ts'
import type { Batch } from './history.ts'
import type { Relation } from './views/relation.ts'
import { Replica } from './views/replica.ts'

/** A query, or an object, and the relation that maintains it. */
interface Recalled {
  readonly of: { readonly sql: string } | CatalogObject
  readonly relation: Relation
}

/**
 * Gives a relation a past that reaches back to `asOf`, where it is a query or a plain view that is younger than what it
 * is read from: a second one is made over copies of its sources as they were then, which their histories carry on to
 * where its own begins. That costs the sources' size once, and each change since. Throws AsOfRefused where a source
 * does not reach back so far. Within a transaction, at the current time `now`.
 */
export function recall(core: Core, { of, relation }: Recalled, asOf: bigint, now: bigint): void {
  const { since } = relation.history
  if (since <= asOf) return
  const { executor, registry } = core
  // What was forgotten for its size is not told anew.
  const mayBe = ('sql' in of || of.kind === 'view') && !relation.history.isCut
  if (!mayBe) throw refusal(core, relation, asOf)
  const dataflow = new Dataflow()
  const replicas = new Map<Relation, Replica>()
  const replicaOf = (source: Relation): Relation => {
    const known = replicas.get(source)
    if (known) return known
    const object = registry.entries.get(source.id)?.object
    if (object) recall(core, { of: object, relation: source }, asOf, now)
    if (source.history.since > asOf) throw refusal(core, source, asOf)
    executor.setNow(now)
    const rows = snapshotAsOf(source, asOf)
    executor.setNow(asOf)
    const replica = new Replica(core, `${source.id}:${asOf}`, source, asOf, rows)
    replicas.set(source, replica)
    dataflow.add(replica)
    return replica
  }
  executor.setNow(asOf)
  const compiled = registry.compileOver(of, relation.columns, asOf, replicaOf)
  const { made } = compiled
  for (const each of made) dataflow.add(each)
  const batches: Batch[] = []
  for (let next = dataflow.due(); next !== undefined && next <= since; next = dataflow.due()) {
    const timestamp = next
    const enter = () => executor.setNow(timestamp)
    const { byRelation } = dataflow.step({ timestamp, written: false, defined: false, enter })
    const changes = byRelation.get(compiled.relation)
    if (changes) batches.push({ timestamp, changes })
  }
  for (const each of [...replicas.values(), ...made].reverse()) each.close()
  executor.setNow(now)
  relation.history.reachBack(asOf, batches)
}

const refusal = ({ registry }: Core, relation: Relation, asOf: bigint): AsOfRefused =>
  new AsOfRefused(
    asOf,
    relation.history.since,
    registry.stored(relation).map(({ id }) => id),
  )
