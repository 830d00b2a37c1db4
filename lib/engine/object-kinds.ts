import { type CatalogObject, fullName } from './catalog.ts'
import { internalError } from './errors.ts'
import type { Registry } from './registry.ts'
import type { Version } from './version.ts'
import type { Drop, DropType } from './work.ts'

/** What the era calls an object: the older servers know no materialized views. */
export const kindWord = ({ kind }: CatalogObject, era: Version['era']): string =>
  era === 'tail' && kind === 'materialized-view' ? 'view' : kind.replace('-', ' ')

/** With the article that the later servers give it. */
export const article = (kind: string): string => `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`

/** Kinds of objects that nobody can have made. */
const NONE_OF = new Set<DropType>(['source', 'sink', 'secret', 'connection'])

/** Refuses what would drop another kind of object than it says. */
export function checkDrop(registry: Registry, era: Version['era'], { type, names, ifExists }: Drop): void {
  if (type === 'other') return
  if (type === 'materialized view' && era === 'tail') {
    throw internalError('DROP MATERIALIZED VIEW is not allowed, use DROP VIEW')
  }
  for (const parts of names) {
    const object = registry.lookUp(parts.at(-2), parts.at(-1) ?? '')?.object
    if (object) checkKind(object, type, era)
    else if (NONE_OF.has(type) && !ifExists)
      throw internalError(`unknown catalog item '${parts.at(-1) ?? ''}'`)
  }
}

/** Refuses an object that is of another kind than `type`. */
export function checkKind(object: CatalogObject, type: DropType, era: Version['era']): void {
  const kind = kindWord(object, era)
  if (kind === type) return
  if (era === 'tail') throw internalError(`${fullName(object)} is not of type ${type.toUpperCase()}`)
  if (type === 'view' && object.kind === 'materialized-view') {
    throw internalError(`${object.name} is not a view`, {
      hint: 'Use DROP MATERIALIZED VIEW to remove a materialized view.',
    })
  }
  throw internalError(`${object.name} is ${article(kind)} not ${article(type)}`)
}
