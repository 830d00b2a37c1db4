import type { Ordinary } from '../parse/command.ts'
import type { Host } from './portal.ts'
import { fullName, isSystem } from './relations.ts'

const STARTS = /^explain\s+(?:plan\s+for\s+)?/i

/**
 * The plan of a constant, or of a whole relation, as Materialize prints it. Of any other query the plan is PostgreSQL's
 * own, for that is how it will be run: undefined.
 */
export async function explain({ database }: Host, { sql }: Ordinary): Promise<string | undefined> {
  const query = sql.replace(STARTS, '').trim()
  const tail = database.version.era === 'tail'
  const [, constant] = /^select\s+(-?\d+|'[^']*')$/i.exec(query) ?? []
  if (constant !== undefined) {
    if (tail) return `%0 =\n| Constant (${constant.replaceAll("'", '"')})\n`
    return 'Explained Query (fast path):\n  →Constant (1 rows)\n\nTarget cluster: mz_catalog_server\n'
  }
  const [, written] = /^(?:select\s+\*\s+from|table)\s+([\w.]+)$/i.exec(query) ?? []
  const name = written?.toLowerCase().split('.')
  if (!name || isSystem(name)) return undefined
  const { columns, relation } = await database.plan({ relation: name })
  const full = fullName(name)
  if (!relation || database.names.storedUnder(name)[0] !== full) return undefined
  if (!tail) return `Explained Query:\n  →Stream ${full}\n\nSource ${full}\n\nTarget cluster: quickstart\n`
  const all = columns.map((_, index) => `#${index}`).join(', ')
  const source = `${full} (${relation.id})`
  return `Source ${source}:\n| Project (${all})\n\nQuery:\n%0 =\n| Get ${source}\n`
}
