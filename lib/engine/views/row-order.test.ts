import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Column, Values } from '../change.ts'
import { Database } from '../database.ts'
import { readDataRow, readMessages } from '../frames.ts'
import { parseVersion } from '../version.ts'
import { rowOrder } from './row-order.ts'
import { parseSelect } from './syntax.ts'

let database: Database
beforeAll(async () => {
  const version = parseVersion('v26.24')
  if (!version) throw new TypeError('no version')
  database = await Database.open({ version, tickMs: 0 })
}, 60_000)
afterAll(() => database.close())

async function query(sql: string): Promise<Values[]> {
  const [bytes] = await database.run([{ sql }])
  return [...readMessages(bytes ?? new Uint8Array())].flatMap(({ type, body }) =>
    type === 'D' ? [readDataRow(body)] : [],
  )
}

const SAMPLES = {
  bool: [16, ['t', 'f']],
  int2: [21, ['-3', '0', '12', '7']],
  int4: [23, ['-30', '0', '12', '7', '100']],
  int8: [20, ['9007199254740993', '9007199254740992', '-9', '0']],
  float4: [700, ['1.5', '-0', '0.1', 'NaN', 'Infinity', '-Infinity']],
  float8: [701, ['1e300', '2', '10', '-1', 'NaN', 'Infinity', '1764000000.123']],
  numeric: [1700, ['10', '9.99', '9.995', '-9.99', '-10', '0.1', '123456789012345678901234567890.5']],
  date: [1082, ['2026-01-02', '2025-12-31', '0900-01-01']],
  timestamp: [1114, ['2026-01-02 00:00:01', '2026-01-02 00:00:01.5', '2026-01-02 00:00:01.25']],
  timestamptz: [1184, ['2026-01-02 00:00:01+00', '2026-01-02 00:00:01.5+00', '2025-01-02 00:00:01.25+00']],
} as const

const ORDERS = ['a', 'a DESC', 'a NULLS FIRST', 'a DESC NULLS LAST']

test.each(Object.entries(SAMPLES))('orders %s as PostgreSQL does', async (type, [typeOid, texts]) => {
  const columns: Column[] = [{ name: 'a', typeOid, typeSize: -1, typeModifier: -1 }]
  const rows = [...texts.map((text) => `('${text}'::${type})`), `(NULL)`]
  for (const by of ORDERS) {
    const select = `SELECT a FROM (VALUES ${rows.join()}) v(a) ORDER BY ${by}`
    const sorted = await query(select)
    const order = rowOrder(parseSelect(select).sortClause ?? [], columns)
    expect(order).toBeDefined()
    for (const [index, row] of sorted.entries()) {
      for (const later of sorted.slice(index + 1)) {
        expect({ by, row, later, order: order?.(row, later) }).toMatchObject({ order: -1 })
        expect({ by, row, later, order: order?.(later, row) }).toMatchObject({ order: 1 })
      }
    }
  }
})

test('a second column tells rows apart that are equal in the first', () => {
  const columns = ['a', 'b'].map((name) => ({ name, typeOid: 23, typeSize: 4, typeModifier: -1 }))
  const order = rowOrder(parseSelect('SELECT 1 ORDER BY a, b DESC').sortClause ?? [], columns)
  expect(order?.(['1', '2'], ['1', '3'])).toBe(1)
  expect(order?.(['1', '2'], ['1', '2'])).toBe(0)
})

test('leaves to PostgreSQL what only it can tell', () => {
  const column = (typeOid: number) => [{ name: 'a', typeOid, typeSize: -1, typeModifier: -1 }]
  const { sortClause = [] } = parseSelect('SELECT 1 ORDER BY a')
  expect(rowOrder(sortClause, column(25))).toBeUndefined()
  expect(rowOrder(parseSelect('SELECT 1 ORDER BY a + 1').sortClause ?? [], column(23))).toBeUndefined()
  expect(rowOrder(sortClause, column(1114))?.(['infinity'], ['2026-01-02 00:00:01'])).toBeUndefined()
  expect(rowOrder(sortClause, column(1082))?.(['0044-03-15 BC'], ['2026-01-02'])).toBeUndefined()
})
