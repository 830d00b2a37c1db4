import { internalError } from '../errors.ts'
import { type List, type ListKind, listQuery } from '../show.ts'
import type { Command } from './command.ts'
import type { Scanner } from './scanner.ts'
import { parseShowVariable } from './variable.ts'

const LISTS: Readonly<Record<string, ListKind>> = {
  tables: 'tables',
  views: 'views',
  sources: 'sources',
  sinks: 'sinks',
  objects: 'objects',
  types: 'types',
  schemas: 'schemas',
  databases: 'databases',
  columns: 'columns',
  index: 'indexes',
  indexes: 'indexes',
  keys: 'indexes',
}

/** What follows SHOW: a list over the catalog, which becomes a SELECT, or a variable. */
export function parseShow(scanner: Scanner): Command {
  if (scanner.take('create')) return parseShowCreate(scanner)
  const tail = scanner.era === 'tail'
  const extended = tail && scanner.take('extended') !== undefined
  const full = tail && scanner.take('full') !== undefined
  const materialized = LISTS[scanner.peekSecond().text] && scanner.take('materialized') !== undefined
  const word = scanner.peek().text
  const list = LISTS[word]
  if (!list) {
    if (tail && (word === 'roles' || word === 'users')) throw internalError('SHOW ROLES not yet supported')
    return parseShowVariable(scanner)
  }
  scanner.next()
  const kind = list === 'views' && materialized ? 'materialized views' : list
  if (kind === 'columns' && full) throw internalError('SHOW FULL COLUMNS not yet supported')
  const ofSchema =
    kind !== 'columns' &&
    (kind !== 'indexes' || (scanner.era === 'subscribe' && scanner.peek().text === 'from'))
  const within = parseWithin(scanner, kind, word)
  const like = scanner.take('like') ? scanner.next().text : undefined
  const where = scanner.take('where') ? scanner.rest() : undefined
  scanner.end()
  const request: List = { kind, era: scanner.era, extended, full, within, ofSchema, like, where }
  const named = kind === 'databases' || kind === 'schemas' || (kind === 'indexes' && !within)
  const place = { kind: ofSchema ? ('schema' as const) : ('relation' as const), name: within ?? ['public'] }
  return { kind: 'ordinary', verb: 'read', sql: listQuery(request), within: named ? undefined : place }
}

function parseWithin(scanner: Scanner, kind: ListKind, word: string): string[] | undefined {
  const ofRelation = kind === 'indexes' && scanner.era === 'subscribe' && scanner.take('on')
  if (ofRelation || scanner.take('from') || (scanner.era === 'tail' && scanner.take('in')))
    return scanner.name()
  if (kind === 'columns') throw scanner.unexpected('FROM')
  if (kind === 'indexes' && scanner.era === 'tail') {
    throw scanner.unexpected(`FROM or IN after SHOW ${word.toUpperCase()}`)
  }
  return undefined
}

function parseShowCreate(scanner: Scanner): Command {
  const materialized = scanner.era === 'subscribe' && scanner.take('materialized') ? 'materialized ' : ''
  const type = scanner.take('table', 'view', 'source', 'sink', 'index')
  if (!type) throw scanner.unexpected('end of statement')
  const relation = scanner.name()
  scanner.end()
  return { kind: 'show-create', type: materialized + type, relation }
}
