import { internalError } from '../errors.ts'
import type { List, ListKind } from '../show/list.ts'
import { listQuery } from '../show/list-query.ts'
import type { Command } from './command.ts'
import { experimental } from './experimental.ts'
import type { Era, Scanner } from './scanner.ts'
import { parseShowVariable } from './variable.ts'

const BOTH: Readonly<Record<string, ListKind>> = {
  tables: 'tables',
  views: 'views',
  sources: 'sources',
  sinks: 'sinks',
  objects: 'objects',
  types: 'types',
  schemas: 'schemas',
  databases: 'databases',
  columns: 'columns',
  indexes: 'indexes',
}
const LISTS: Readonly<Record<Era, Readonly<Record<string, ListKind>>>> = {
  tail: { ...BOTH, index: 'indexes', keys: 'indexes' },
  subscribe: {
    ...BOTH,
    connections: 'connections',
    secrets: 'secrets',
    subsources: 'subsources',
    roles: 'roles',
    users: 'roles',
    clusters: 'clusters',
  },
}

/** What the older server does not list. */
const REFUSED: Readonly<Record<string, string>> = {
  roles: 'SHOW ROLES not yet supported',
  users: 'SHOW ROLES not yet supported',
  clusters: experimental('SHOW CLUSTERS'),
  secrets: experimental('SHOW SECRETS'),
}

/** What follows SHOW: a list over the catalog, which becomes a SELECT, or a variable. */
export function parseShow(scanner: Scanner): Command {
  if (scanner.take('create')) return parseShowCreate(scanner)
  const tail = scanner.era === 'tail'
  const extended = tail && scanner.take('extended') !== undefined
  const full = tail && scanner.take('full') !== undefined
  const materialized = takeMaterialized(scanner)
  const word = scanner.peek().text
  const list = takeList(scanner)
  if (!list) {
    const refused = tail && REFUSED[word]
    if (refused) throw internalError(refused)
    return parseShowVariable(scanner)
  }
  const kind = list === 'views' && materialized ? 'materialized views' : list
  if (kind === 'columns' && full) throw internalError('SHOW FULL COLUMNS not yet supported')
  const ofSchema = kind !== 'columns' && (kind !== 'indexes' || (!tail && scanner.peek().text === 'from'))
  const within = parseWithin(scanner, kind, word)
  const like = scanner.take('like') ? scanner.next().text : undefined
  const where = scanner.take('where') ? scanner.rest() : undefined
  scanner.end()
  const request: List = { kind, era: scanner.era, extended, full, within, ofSchema, like, where }
  const isGlobal = GLOBAL.has(kind) || (kind === 'indexes' && !within)
  const place = { kind: placeKind(ofSchema, kind), name: within ?? ['public'] }
  return { kind: 'ordinary', verb: 'read', sql: listQuery(request), within: isGlobal ? undefined : place }
}

/** Lists that are of no schema. */
const GLOBAL = new Set<ListKind>(['databases', 'schemas', 'roles', 'clusters', 'cluster replicas'])

const placeKind = (ofSchema: boolean, kind: ListKind) =>
  ofSchema ? ('schema' as const) : kind === 'columns' ? ('columns' as const) : ('relation' as const)

function takeMaterialized(scanner: Scanner): boolean {
  const next = scanner.peekSecond().text
  const listed = next === 'views' || (scanner.era === 'tail' && next === 'sources')
  return listed && scanner.take('materialized') !== undefined
}

function takeList(scanner: Scanner): ListKind | undefined {
  const replicas = scanner.era === 'subscribe' && scanner.peekSecond().text === 'replicas'
  if (replicas && scanner.take('cluster')) {
    scanner.next()
    return 'cluster replicas'
  }
  const { text } = scanner.peek()
  const list = LISTS[scanner.era][text]
  if (list) scanner.next()
  return list
}

function parseWithin(scanner: Scanner, kind: ListKind, word: string): string[] | undefined {
  const ofRelation = kind === 'indexes' && scanner.era === 'subscribe' && scanner.take('on')
  if (
    ofRelation ||
    scanner.take('from') ||
    ((scanner.era === 'tail' || kind === 'columns') && scanner.take('in'))
  )
    return scanner.name()
  if (kind === 'columns') throw scanner.unexpected('FROM')
  if (kind === 'indexes' && scanner.era === 'tail') {
    throw scanner.unexpected(`FROM or IN after SHOW ${word.toUpperCase()}`)
  }
  return undefined
}

function parseShowCreate(scanner: Scanner): Command {
  const ofView = scanner.era === 'subscribe' && scanner.peekSecond().text === 'view'
  const materialized = ofView && scanner.take('materialized') ? 'materialized ' : ''
  const type = scanner.take('table', 'view', 'source', 'sink', 'index')
  if (!type) throw scanner.unexpected('end of statement')
  const relation = scanner.name()
  scanner.end()
  return { kind: 'show-create', type: materialized + type, relation }
}
