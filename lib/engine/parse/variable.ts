import { internalError } from '../errors.ts'
import type { Command } from './command.ts'
import type { Scanner } from './scanner.ts'

/** What follows SET. */
export function parseSet(scanner: Scanner): Command {
  const local = scanner.take('session', 'local') === 'local'
  if (scanner.take('transaction', 'characteristics')) {
    if (scanner.era === 'tail') throw internalError('SET TRANSACTION not yet supported')
    scanner.rest() // whatever is asked for, transactions are serializable
    return { kind: 'set', name: 'transaction_isolation', value: 'serializable', local: true }
  }
  if (scanner.take('time')) {
    scanner.expect('zone')
    return { kind: 'set', name: 'timezone', value: parseValue(scanner), local }
  }
  if (scanner.take('names'))
    return { kind: 'set', name: 'client_encoding', value: parseValue(scanner), local }
  const name = scanner.identifier()
  if (!scanner.take('=', 'to')) throw scanner.unexpected('equals sign or TO')
  return { kind: 'set', name, value: parseValue(scanner), local }
}

/** Undefined stands for DEFAULT. Later versions accept a list. */
function parseValue(scanner: Scanner): string | undefined {
  const parts: string[] = []
  do {
    const sign = scanner.take('-') ?? ''
    const token = scanner.next()
    if (token.kind === 'end' || token.kind === 'symbol') throw scanner.unexpected('variable value', token)
    if (token.kind === 'word' && token.text === 'default' && parts.length === 0 && scanner.atEnd) {
      return undefined
    }
    parts.push(sign + token.text)
  } while (scanner.era === 'subscribe' && scanner.take(','))
  scanner.end()
  return parts.join(', ')
}

/** What follows RESET. */
export function parseReset(scanner: Scanner): Command {
  const name = scanner.identifier()
  scanner.end()
  return { kind: 'reset', name }
}

/** What follows SHOW where it names a variable. */
export function parseShowVariable(scanner: Scanner): Command {
  if (scanner.take('time')) {
    scanner.expect('zone')
    scanner.end()
    return { kind: 'show', name: 'timezone' }
  }
  const name = scanner.take('transaction') ? 'transaction_isolation' : scanner.identifier()
  if (name === 'transaction_isolation' && scanner.take('isolation')) scanner.expect('level')
  scanner.end()
  return { kind: 'show', name }
}
