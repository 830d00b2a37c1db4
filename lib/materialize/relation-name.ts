/** A relation's name as the catalog spells it. */
export interface RelationName {
  readonly schema: string
  readonly name: string
}

/** `NAME` is a relation of schema `public`; `SCHEMA.NAME` ends the schema at its first dot. */
export function parseRelationName(text: string): RelationName {
  const dot = text.indexOf('.')
  return dot < 0
    ? { schema: 'public', name: text }
    : { schema: text.slice(0, dot), name: text.slice(dot + 1) }
}

/** The short form that {@link parseRelationName} reads back. */
export function formatRelationName({ schema, name }: RelationName): string {
  return schema === 'public' && !name.includes('.') ? name : `${schema}.${name}`
}
