import { quoteName } from '../backend.ts'
import type { CatalogObject } from '../catalog.ts'
import { nextToken } from '../parse/lexer.ts'
import type { Version } from '../version.ts'
import { items, withoutQuotes } from './pretty.ts'
import { print } from './print.ts'

/** Finds what a name is of. */
type LookUp = (schema: string | undefined, name: string) => CatalogObject | undefined

/** What follows the name in the CREATE of a table or view, to be kept with it; what it reads is kept by its id. */
export function bodyOf(sql: string, era: Version['era'], lookUp: LookUp): string {
  return print(sql, bodyStart(sql), era, (parts) => {
    const [name = '', schema] = [...parts].reverse()
    const object = lookUp(schema, name)
    return object && reference(object)
  })
}

/** What an index is on. */
export interface IndexKey {
  /** As `print` has it. */
  readonly text: string
  /** As the catalog shows it. */
  readonly shown: string
  /** Undefined: it is an expression. */
  readonly column: string | undefined
}

export const columnKey = (name: string): IndexKey => ({ text: quoteName(name), shown: name, column: name })

/** The keys of an index from the list that was written. */
export const indexKeys = (list: string, era: Version['era']): IndexKey[] =>
  items(print(`SELECT ${list}`, 'SELECT'.length, era, () => undefined)).map((text) => {
    const [, quoted] = /^"((?:[^"]|"")*)"$/.exec(text) ?? []
    return quoted === undefined
      ? { text, shown: withoutQuotes(text), column: undefined }
      : columnKey(quoted.replaceAll('""', '"'))
  })

export const indexBody = (on: CatalogObject, keys: readonly IndexKey[]): string =>
  `ON ${reference(on)} (${keys.map(({ text }) => text).join(', ')})`

const reference = ({ id, schema, name }: CatalogObject): string =>
  `[${id} AS "materialize".${quoteName(schema)}.${quoteName(name)}]`

/** Behind the name. */
function bodyStart(sql: string): number {
  let token = nextToken(sql, 0)
  while (token.text !== 'table' && token.text !== 'view' && token.kind !== 'end')
    token = nextToken(sql, token.end)
  token = nextToken(sql, token.end)
  while (token.kind === 'word' && ['if', 'not', 'exists'].includes(token.text))
    token = nextToken(sql, token.end)
  for (let dot = nextToken(sql, token.end); dot.text === '.'; dot = nextToken(sql, token.end)) {
    token = nextToken(sql, dot.end)
  }
  return token.end
}
