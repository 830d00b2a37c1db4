import { quoteName, quoteText } from './backend.ts'
import { type CatalogObject, fullName, listObjects, sqlName } from './catalog.ts'
import { internalError } from './errors.ts'
import type { Registry } from './registry.ts'
import type { Context } from './views/relation.ts'

/** ALTER ... RENAME TO. */
export interface Rename {
  /** As written: `view`, `materialized view` ... */
  readonly kind: string
  readonly name: readonly string[]
  readonly to: string
}

/**
 * Renames an object in PGlite and answers it under its new name. What is made of it goes by its id, so that nothing else
 * changes. Within a transaction.
 */
export function rename(context: Context, registry: Registry, { kind, name, to }: Rename): CatalogObject {
  const { backend, era } = context
  const object = registry.lookUp(name.at(-2), name.at(-1) ?? '')?.object
  if (!object) throw internalError(`unknown catalog item '${name.join('.')}'`)
  refuseOtherKind(object, kind, era === 'tail')
  if (registry.lookUp(object.schema, to)) {
    throw internalError(
      era === 'tail' ? `${to} is already taken by item in schema` : `catalog item '${to}' already exists`,
    )
  }
  if (object.kind === 'index') {
    backend.query(`UPDATE mz_engine.objects SET name = ${quoteText(to)} WHERE id = ${quoteText(object.id)}`)
  } else {
    const type = object.kind === 'table' ? 'TABLE' : 'VIEW'
    backend.query(`ALTER ${type} ${sqlName(object)} RENAME TO ${quoteName(to)}`)
  }
  return listObjects(backend).find(({ id }) => id === object.id) ?? object
}

function refuseOtherKind(object: CatalogObject, wanted: string, tail: boolean): void {
  const found = tail && object.kind === 'materialized-view' ? 'view' : object.kind.replace('-', ' ')
  if (found === wanted) return
  throw internalError(
    tail
      ? `${fullName(object)} is a ${found} not a ${wanted.toUpperCase()}`
      : `${object.name} is ${article(found)} not ${article(wanted)}`,
  )
}

/** With the article that the later servers give it. */
export const article = (kind: string): string => `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`
