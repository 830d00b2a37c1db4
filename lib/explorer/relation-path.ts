/** A relation as the catalog names it. */
export interface NamedRelation {
  readonly schema: string
  readonly name: string
}

/** The name by which the API knows a relation: short for schema `public`. */
export function toRelationName({ schema, name }: NamedRelation): string {
  return schema === 'public' && !name.includes('.') ? name : `${schema}.${name}`
}

/** Where the page of a relation is, whatever characters are in its name. */
export function toRelationPath(name: string): string {
  // A browser takes a segment of dots for a way up, encoded or not: a schema before it makes it a name.
  const safe = /^\.{1,2}$/.test(name) ? `public.${name}` : name
  return `/relations/${encodeURIComponent(safe)}`
}

/** The name in a segment of such a path. */
export function fromRelationSegment(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    // Written by hand, with a percent sign that means itself.
    return segment
  }
}
