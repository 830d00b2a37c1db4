import { parseSync } from 'pgsql-parser'

/** What the parser found at an offset of a statement's text. */
export type Place =
  | { readonly kind: 'relation' | 'function' | 'column' }
  | { readonly kind: 'type'; readonly name: string }

/** What stands where, by UTF-16 offset. Throws where PostgreSQL's parser refuses the text. */
export function placesOf(sql: string): ReadonlyMap<number, Place> {
  const places = new Map<number, Place>()
  const bytes = Buffer.from(sql)
  const withNames = new Set<string>()
  walk(parseSync(sql), (node) => {
    if (typeof node.ctename === 'string') withNames.add(node.ctename)
    const place = placeOf(node, withNames)
    const at = Number(node.location ?? 0)
    if (place && at >= 0) places.set(bytes.toString('utf8', 0, at).length, place)
  })
  return places
}

function placeOf(node: Node, withNames: ReadonlySet<string>): Place | undefined {
  if ('relname' in node) {
    const isWith = node.schemaname === undefined && withNames.has(String(node.relname))
    return { kind: isWith ? 'column' : 'relation' }
  }
  if ('funcname' in node) return { kind: 'function' }
  if ('typemod' in node && Array.isArray(node.names)) {
    const last = node.names.at(-1) as { String?: { sval?: string } } | undefined
    return { kind: 'type', name: last?.String?.sval ?? '' }
  }
  if ('fields' in node || 'colname' in node || 'ctename' in node) return { kind: 'column' }
  return undefined
}

type Node = Readonly<Record<string, unknown>>

/** Parents first, so that the name of a WITH is known before it is read. */
function walk(tree: unknown, visit: (node: Node) => void): void {
  if (typeof tree !== 'object' || tree === null) return
  if (!Array.isArray(tree)) visit(tree as Node)
  const { withClause, ...rest } = tree as Node
  walk(withClause, visit)
  for (const value of Object.values(Array.isArray(tree) ? tree : rest)) walk(value, visit)
}
