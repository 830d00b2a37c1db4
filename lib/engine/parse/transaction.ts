import { internalError } from '../errors.ts'
import type { Command } from './command.ts'
import type { Scanner } from './scanner.ts'

/** What follows BEGIN or START TRANSACTION: every mode is accepted, all are serializable. */
export function parseBegin(scanner: Scanner): Command {
  scanner.take('work', 'transaction')
  let isolation: string | undefined
  while (!scanner.atEnd) {
    if (scanner.take('isolation')) {
      scanner.expect('level')
      const first = scanner.next().text
      const second = scanner.take('committed', 'uncommitted', 'read', 'serializable')
      isolation = second === undefined ? first : `${first} ${second}`
    } else if (scanner.take('read')) scanner.take('only', 'write')
    else scanner.end()
    scanner.take(',')
  }
  return { kind: 'begin', isolation }
}

/** What follows COMMIT, ROLLBACK or ABORT. */
export function parseEnd(scanner: Scanner, kind: 'commit' | 'rollback'): Command {
  scanner.take('work', 'transaction')
  if (scanner.take('and')) {
    const chains = !scanner.take('no')
    scanner.expect('chain')
    if (chains) throw internalError('CHAIN not yet supported')
  }
  scanner.end()
  return { kind }
}
