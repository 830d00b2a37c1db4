import type { Command, Fetch } from './command.ts'
import { parseQuery } from './ordinary.ts'
import type { Scanner } from './scanner.ts'
import { parseSubscribe, takeSubscribe } from './subscribe.ts'

/** What follows DECLARE. */
export function parseDeclare(scanner: Scanner): Command {
  const cursor = scanner.identifier()
  scanner.expect('cursor')
  if (scanner.take('without')) scanner.expect('hold')
  else if (scanner.era === 'subscribe' && scanner.peek().text === 'with') {
    throw scanner.error('WITH HOLD is unsupported for cursors')
  }
  scanner.expect('for')
  const of = takeSubscribe(scanner) ? parseSubscribe(scanner) : parseQuery(scanner)
  return { kind: 'declare', cursor, of }
}

/** What follows FETCH. */
export function parseFetch(scanner: Scanner): Fetch {
  scanner.take('forward')
  const count = parseCount(scanner)
  scanner.take('from')
  const cursor = scanner.identifier()
  const options = scanner.take('with')
    ? scanner.options((name) => {
        const known = name.kind === 'word' && name.text === 'timeout'
        if (!known && scanner.era === 'subscribe') throw scanner.unexpected('TIMEOUT', name)
      })
    : []
  scanner.end()
  return { kind: 'fetch', cursor, count, options }
}

function parseCount(scanner: Scanner): number | 'all' {
  if (scanner.take('all')) return 'all'
  if (scanner.peek().kind !== 'number') return 1
  return Number(scanner.next().text)
}

/** What follows CLOSE. */
export function parseClose(scanner: Scanner): Command {
  const cursor = scanner.identifier()
  scanner.end()
  return { kind: 'close', cursor }
}
