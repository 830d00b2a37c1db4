import type { Scanner } from './scanner.ts'

/** What a statement creates, drops or writes to. */
export interface Target {
  readonly verb: 'write' | 'create' | 'drop'
  /** `schema`, `table`, `view` ...; undefined where rows are written. */
  readonly kind: string | undefined
  readonly name: readonly string[]
}

const NOISE = ['or', 'replace', 'temp', 'temporary', 'materialized', 'recursive', 'default', 'unique']

/** The targets of an INSERT, UPDATE, DELETE, CREATE or DROP, as far as its first words tell. */
export function parseTargets(statement: Scanner): Target[] {
  const scanner = statement.fork()
  const verb = scanner.take('insert', 'update', 'delete', 'create', 'drop')
  if (verb === undefined) return []
  if (verb !== 'create' && verb !== 'drop') {
    scanner.take('into', 'from')
    scanner.take('only')
    return [...nameOf(scanner, 'write', undefined)]
  }
  while (scanner.take(...NOISE));
  const kind = scanner.next().text
  if (scanner.take('if')) scanner.take('not')
  scanner.take('exists')
  const targets = [...nameOf(scanner, verb, kind)]
  while (verb === 'drop' && scanner.take(',')) targets.push(...nameOf(scanner, verb, kind))
  return targets
}

function* nameOf(scanner: Scanner, verb: Target['verb'], kind: string | undefined): Generator<Target> {
  const token = scanner.peek()
  if (token.kind === 'word' || token.kind === 'quoted') yield { verb, kind, name: scanner.name() }
}
