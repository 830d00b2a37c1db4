import { PGlite } from '@electric-sql/pglite'
import { expect, test } from 'vitest'
import { Backend } from './backend.ts'

test('answers of any size are whole, and nothing is answered for a closed PGlite', async () => {
  const pglite = await PGlite.create()
  const backend = new Backend(pglite)
  expect(backend.query(`SELECT 1, NULL, '', 'ä"\\,'`)).toEqual([['1', null, '', 'ä"\\,']])
  const rows = backend.query(`SELECT i, repeat('x', 100) FROM generate_series(1, 50000) AS i`)
  expect(rows).toHaveLength(50_000)
  expect(rows.at(-1)).toEqual(['50000', 'x'.repeat(100)])
  expect(() => backend.query('SELECT 1 / 0')).toThrow('division by zero')
  await pglite.close()
  expect(() => backend.query('SELECT 1')).toThrow('PGlite does not answer')
})
