import { Scanner } from './parse/scanner.ts'
import type { Version } from './version.ts'

/** CREATE [DEFAULT] INDEX, whose expressions need no parentheses of their own as PostgreSQL's do. */
export interface IndexStatement {
  readonly name: string | undefined
  readonly on: readonly string[]
  /** What it is on, as written; undefined: the whole relation. */
  readonly keys: string | undefined
  readonly ifNotExists: boolean
}

/** Undefined where the statement is another one. Throws 42601. */
export function parseIndex(sql: string, era: Version['era']): IndexStatement | undefined {
  const scanner = new Scanner(sql, 0, sql.length, era)
  if (!scanner.take('create')) return undefined
  const isDefault = scanner.take('default') !== undefined
  if (!scanner.take('index')) return undefined
  const ifNotExists = scanner.take('if') !== undefined
  if (ifNotExists) for (const word of ['not', 'exists']) scanner.expect(word)
  const isNamed = !['on', 'in'].includes(scanner.peek().text)
  const name = isNamed ? scanner.identifier() : undefined
  if (scanner.take('in')) {
    scanner.expect('cluster')
    scanner.identifier()
  }
  scanner.expect('on')
  const on = scanner.name()
  if (scanner.take('using')) scanner.expect('arrangement')
  const keys = isDefault ? undefined : scanner.inner().text
  return { name, on, keys, ifNotExists }
}
