import type { Watched } from '../../lib/chaos/relations.ts'
import type { TextRow } from '../../lib/chaos/rows.ts'

/** Columns of the demo are numbers: told alike, however they were spelt. */
const asNumbers = (row: TextRow): TextRow =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, value === null ? null : String(Number(value))]),
  )

/** What is read of the demo's relations. */
export const WATCHED: readonly Watched[] = [
  { relation: 'sensors_view', query: '', map: asNumbers },
  { relation: 'sensors_view_1s', query: '', map: asNumbers },
  {
    relation: 'sensors_latest',
    query: 'columns=id,pm25',
    map: ({ id = null, pm25 = null }) => asNumbers({ id, pm25 }),
  },
  {
    relation: 'sensors_view',
    query: 'id=in.(1,2)&columns=id,timestamp',
    map: ({ id = null, timestamp = null }) =>
      id === '1' || id === '2' ? asNumbers({ id, timestamp }) : undefined,
  },
]
