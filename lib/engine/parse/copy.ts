import { internalError } from '../errors.ts'
import { refusal, unsupported } from '../refuse.ts'
import type { Command } from './command.ts'
import { parseQuery } from './ordinary.ts'
import type { Era, Option, Scanner } from './scanner.ts'
import { parseSubscribe, takeSubscribe } from './subscribe.ts'

/** What follows COPY; `sql` is the whole statement. */
export function parseCopy(scanner: Scanner, sql: string): Command {
  if (scanner.peek().text === '(') return parseCopyOut(scanner)
  const relation = scanner.name()
  if (scanner.peek().text === '(') scanner.inner()
  const direction = scanner.take('from', 'to')
  if (!direction) throw scanner.unexpected('one of FROM or TO')
  if (direction === 'to') return { kind: 'copy-relation', relation }
  scanner.expect('stdin')
  return { kind: 'copy-in', relation, sql }
}

const QUERY_STARTS = ['select', 'values', 'with', '(']

function parseCopyOut(scanner: Scanner): Command {
  const { scanner: inner, closing } = scanner.inner()
  const subscribes = takeSubscribe(inner)
  if (!subscribes && !QUERY_STARTS.includes(inner.peek().text)) {
    refuseReturning(inner)
    throw scanner.error('unsupported query in COPY', closing)
  }
  const of = subscribes ? parseSubscribe(inner) : parseQuery(inner)
  if (scanner.peek().text === 'from') throw scanner.error('queries not allowed in COPY FROM')
  scanner.expect('to')
  if (!scanner.take('stdout')) {
    if (scanner.era === 'tail') throw scanner.unexpected('STDOUT')
    throw internalError('COPY TO <expr> requires a FORMAT option')
  }
  const options = scanner.take('with') || scanner.peek().text === '(' ? scanner.options(undefined, true) : []
  scanner.end()
  refuseOptions(scanner.era, options)
  return { kind: 'copy-out', of }
}

/** Neither server has it everywhere; what a DELETE returns, the older one takes for an alias. */
function refuseReturning(inner: Scanner): void {
  const verb = inner.peek().text
  if (!(inner.era === 'tail' ? ['insert', 'update', 'delete'] : ['update', 'delete']).includes(verb)) return
  inner.textUpTo((token) => token.text === 'returning')
  if (inner.atEnd) return
  if (inner.era === 'tail' && verb === 'delete') inner.next()
  throw inner.unexpected('right parenthesis')
}

function refuseOptions(era: Era, options: readonly Option[]): void {
  for (const { name, value } of options) {
    if (name === 'header') continue
    if (name !== 'format') throw internalError(`COPY TO does not support ${name.toUpperCase()} option yet`)
    const format = value?.text.toLowerCase()
    if (format === 'text') continue
    if (format === 'csv' && era === 'tail') throw refusal('0A000', 'COPY TO format Csv not supported')
    if (format === 'csv' || format === 'binary') throw unsupported(`COPY with FORMAT ${format}`)
    throw internalError(`unknown FORMAT: ${value?.text}`)
  }
}
