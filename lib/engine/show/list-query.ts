import { quoteText } from '../backend.ts'
import type { List } from './list.ts'
import { subscribeList } from './subscribe-list.ts'
import { tailList } from './tail-list.ts'

/** The list as a SELECT over `mz_catalog`, sorted by its columns. */
export function listQuery(list: List): string {
  const { columns, from, order } = list.era === 'tail' ? tailList(list) : subscribeList(list)
  const conditions = [
    ...(list.like === undefined ? [] : [`name LIKE ${quoteText(list.like)}`]),
    ...(list.where === undefined ? [] : [`(${list.where})`]),
  ]
  const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : ''
  return `SELECT ${columns} FROM (${from}) AS list${where} ORDER BY ${order ?? columns}`
}
