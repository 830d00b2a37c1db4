import { internalError } from '../errors.ts'
import type { Command } from './command.ts'
import type { Scanner } from './scanner.ts'

/** What follows PREPARE: the statement is parsed once more when it is executed. */
export function parsePrepare(scanner: Scanner): Command {
  const name = scanner.identifier()
  scanner.expect('as')
  return { kind: 'prepare', name, sql: scanner.rest() }
}

/** What follows EXECUTE: its values are literals. */
export function parseExecute(scanner: Scanner): Command {
  const name = scanner.identifier()
  const values: (string | null)[] = []
  if (scanner.peek().text === '(') {
    const { scanner: inner } = scanner.inner()
    while (!inner.atEnd) {
      const token = inner.next()
      if (token.kind === 'symbol' && token.text === ',') continue
      values.push(token.kind === 'word' && token.text === 'null' ? null : token.text)
    }
  }
  scanner.end()
  return { kind: 'execute', name, values }
}

/** What follows DEALLOCATE. */
export function parseDeallocate(scanner: Scanner): Command {
  scanner.take('prepare')
  const name = scanner.take('all') ? undefined : scanner.identifier()
  scanner.end()
  return { kind: 'deallocate', name }
}

/** What follows DISCARD. */
export function parseDiscard(scanner: Scanner): Command {
  const word = scanner.take('all', 'temp', 'temporary', 'plans', 'sequences')
  if (!word) throw scanner.unexpected('one of ALL or PLANS or SEQUENCES or TEMP or TEMPORARY')
  scanner.end()
  if (word === 'plans' || word === 'sequences') {
    throw internalError(`DISCARD ${word.toUpperCase()} not yet supported`)
  }
  return { kind: 'discard', what: word === 'all' ? 'ALL' : 'TEMP' }
}
