import { internalError } from '../errors.ts'
import { unsupported } from '../refuse.ts'
import type { AsOf, Subscribe } from './command.ts'
import type { Era, Option, Scanner } from './scanner.ts'

/** What follows TAIL or SUBSCRIBE. Neither word is PostgreSQL's, nor are the clauses. */
export function parseSubscribe(scanner: Scanner): Subscribe {
  if (scanner.era === 'subscribe') scanner.take('to')
  const target =
    scanner.peek().text === '(' ? { query: parseInnerQuery(scanner) } : { relation: scanner.name() }
  refuseClauses(scanner)
  const options = scanner.take('with') ? subscribeOptions(scanner) : []
  const asOf = parseAsOf(scanner)
  refuseClauses(scanner)
  scanner.end()
  refuseRepeated(scanner.era, options)
  return {
    kind: 'subscribe',
    target,
    snapshot: readOption(scanner.era, options, 'snapshot', true),
    progress: readOption(scanner.era, options, 'progress', false),
    asOf,
  }
}

function parseInnerQuery(scanner: Scanner): string {
  const { scanner: inner, text } = scanner.inner()
  if (scanner.era === 'tail' && inner.peek().text === 'table') {
    throw inner.unexpected('SELECT, VALUES, or a subquery in the query body')
  }
  return text
}

/** `AS OF [AT LEAST] expr`, where it stands at the end of a statement. */
export function parseAsOf(scanner: Scanner): AsOf | undefined {
  if (!scanner.take('as')) return undefined
  scanner.expect('of')
  if (scanner.era === 'tail' && scanner.peek().text === 'at') {
    scanner.next()
    scanner.end()
  }
  const atLeast = scanner.take('at') !== undefined
  if (atLeast) scanner.expect('least')
  return { expression: scanner.textUpTo((token) => CLAUSES.has(token.text)), atLeast }
}

/** What ends the expression of AS OF. */
const CLAUSES = new Set(['up', 'envelope', 'within', 'with'])

function refuseClauses(scanner: Scanner): void {
  if (scanner.era === 'tail') return
  if (scanner.take('up')) throw unsupported('UP TO')
  if (scanner.take('within')) throw unsupported('WITHIN TIMESTAMP ORDER BY')
  if (scanner.take('envelope')) throw unsupported(`ENVELOPE ${scanner.next().text.toUpperCase()}`)
}

function subscribeOptions(scanner: Scanner): Option[] {
  if (scanner.era === 'tail') return scanner.options()
  return scanner.options((token) => {
    const known = token.kind === 'word' && (token.text === 'progress' || token.text === 'snapshot')
    if (!known) throw scanner.unexpected('one of PROGRESS or SNAPSHOT', token)
  })
}

function refuseRepeated(era: Era, options: readonly Option[]): void {
  const seen = new Set<string>()
  for (const { name } of options) {
    const unknown = name !== 'snapshot' && name !== 'progress'
    if (unknown || (seen.has(name) && era === 'tail')) throw internalError('unexpected options')
    if (seen.has(name)) throw internalError(`${name.toUpperCase()} specified more than once`)
    seen.add(name)
  }
}

const BOOLEANS = new Map([
  ['true', true],
  ['false', false],
])

function readOption(era: Era, options: readonly Option[], name: string, otherwise: boolean): boolean {
  const option = options.find((candidate) => candidate.name === name)
  if (!option) return otherwise
  if (!option.value) return true
  const value = option.value.kind === 'word' ? BOOLEANS.get(option.value.text) : undefined
  if (value !== undefined) return value
  if (era === 'tail') throw internalError('expected bool')
  throw internalError(`invalid ${name.toUpperCase()}: cannot use value as boolean`)
}

/** Takes the era's own word; the other era's is refused as that era's server does. */
export function takeSubscribe(scanner: Scanner): boolean {
  if (scanner.era === 'tail') return scanner.take('tail') !== undefined
  if (scanner.peek().kind === 'word' && scanner.peek().text === 'tail') {
    throw scanner.error('TAIL has been renamed to SUBSCRIBE')
  }
  return scanner.take('subscribe') !== undefined
}
