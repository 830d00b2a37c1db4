import { quoteName, quoteText } from './backend.ts'
import { type CatalogObject, fullName, listObjects, sqlName } from './catalog.ts'
import { internalError } from './errors.ts'
import { article, kindWord } from './object-kinds.ts'
import type { Registry } from './registry.ts'
import type { Version } from './version.ts'
import type { Context } from './views/relation.ts'
import type { Rename } from './work.ts'

/**
 * Renames an object in PGlite and answers it under its new name. What is made of it goes by its id, so that nothing else
 * changes. Within a transaction.
 */
export function rename(context: Context, registry: Registry, { kind, name, to }: Rename): CatalogObject {
  const { backend, era } = context
  const object = registry.lookUp(name.at(-2), name.at(-1) ?? '')?.object
  if (!object) throw internalError(`unknown catalog item '${name.join('.')}'`)
  refuseOtherKind(object, kind, era)
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

function refuseOtherKind(object: CatalogObject, wanted: string, era: Version['era']): void {
  const found = kindWord(object, era)
  if (found === wanted) return
  throw internalError(
    era === 'tail'
      ? `${fullName(object)} is a ${found} not a ${wanted.toUpperCase()}`
      : `${object.name} is ${article(found)} not ${article(wanted)}`,
  )
}
