import type { Version } from '../version.ts'

/** What SHOW can list, in either era. */
export type ListKind =
  | 'tables'
  | 'views'
  | 'materialized views'
  | 'sources'
  | 'sinks'
  | 'objects'
  | 'types'
  | 'schemas'
  | 'databases'
  | 'columns'
  | 'indexes'
  | 'connections'
  | 'secrets'
  | 'subsources'
  | 'roles'
  | 'clusters'
  | 'cluster replicas'

/** A SHOW that lists what is in the catalog. */
export interface List {
  readonly kind: ListKind
  readonly era: Version['era']
  readonly extended: boolean
  readonly full: boolean
  /** `FROM name`: a schema, for columns and indexes a relation. */
  readonly within: readonly string[] | undefined
  /** Whether an index list is of a schema. */
  readonly ofSchema: boolean
  readonly like: string | undefined
  readonly where: string | undefined
}
