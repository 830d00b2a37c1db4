import type { Database } from '../database.ts'
import { refusal } from '../refuse.ts'
import { fullName, isSystem } from './relations.ts'

/**
 * What the reads of one transaction have in common: all are at the time of the first, and of relations that were there
 * then, in the schemas that it named.
 */
export class TimeDomain {
  #time: bigint | undefined
  #available: ReadonlySet<string> = new Set()

  /** The time to read these relations at; undefined: now. Throws where one of them is outside. */
  enter(relations: readonly (readonly string[])[], database: Database): bigint | undefined {
    const tail = database.version.era === 'tail'
    // To the later server its catalog is inside of every domain.
    const named = tail ? relations : relations.filter((name) => !isSystem(name))
    if (named.length === 0) return undefined
    if (this.#time === undefined) {
      const schemas = new Set(named.map(schemaOf))
      this.#available = new Set([...database.names.storedIn(schemas), ...named.map(whole)])
      this.#time = database.now()
    }
    this.#refuse(
      named.flatMap((name) => (isSystem(name) ? [whole(name)] : database.names.storedUnder(name))),
      tail,
    )
    return this.#time
  }

  leave(): void {
    this.#time = undefined
  }

  #refuse(names: readonly string[], tail: boolean): void {
    const outside = names.filter((name) => !this.#available.has(name))
    if (outside.length === 0) return
    const available = [...this.#available, ...(tail ? [] : SYSTEM_TABLES)]
    throw refusal(
      '25000',
      'Transactions can only reference objects in the same timedomain. ' +
        'See https://materialize.com/docs/sql/begin/#same-timedomain-error',
      {
        detail:
          `The following relations in the query are outside the transaction's time domain:\n${list(outside)}\n` +
          `Only the following relations are available:\n${list(available)}`,
      },
    )
  }
}

const schemaOf = (name: readonly string[]): string => name.at(-2) ?? 'public'
const whole = (name: readonly string[]): string =>
  isSystem(name) ? name.slice(-2).join('.') : fullName(name)
const list = (names: readonly string[]): string =>
  [...names]
    .sort()
    .map((name) => `"${name}"`)
    .join('\n')

/** What the later server lists beside the relations of the user. */
const SYSTEM_TABLES = [
  ...`array_types base_types columns connections databases functions index_columns indexes list_types map_types
    materialized_views operators pseudo_types role_auth role_members role_parameters roles schemas secrets sinks
    sources system_privileges tables types views`
    .split(/\s+/)
    .map((name) => `mz_catalog.mz_${name}`),
  ...['aggregates', 'comments', 'object_dependencies', 'type_pg_metadata'].map(
    (name) => `mz_internal.mz_${name}`,
  ),
]
