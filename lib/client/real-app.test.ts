import pino from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { TestApp } from '../chaos/test-app.ts'
import { TestEngine } from '../chaos/test-engine.ts'
import { Wire } from '../chaos/wire.ts'
import { Fold } from '../protocol/fold.ts'
import { rowsOf } from '../protocol/rows-of.ts'
import { follow } from './follow.ts'
import { subscribe } from './subscribe.ts'

// The door of the feeds keeps browsers out; here is none.
vi.mock('server-only', () => ({}))

const ROUNDS = 4

let engine: TestEngine
let app: TestApp
let wire: Wire
const errors: unknown[] = []

beforeAll(async () => {
  engine = await TestEngine.start('v26.24.0', false)
  await engine.run('CREATE TABLE paced (n int, words text)', `INSERT INTO paced VALUES (0, 'here before')`)
  app = await TestApp.start(engine.url, pino({ level: 'silent' }), (error) => errors.push(error))
  wire = await Wire.start(app.port)
}, 60_000)

afterAll(async () => {
  await wire.close()
  await app.stop()
  await engine.close()
})

const url = () => `http://127.0.0.1:${wire.port}`
const words = (rows: readonly { readonly [column: string]: unknown }[]) =>
  rows.map((row) => `${row.n} ${row.words}`).sort()

test('events of the real server fold to what was written, over a wire that is cut after every write', async () => {
  const fold = new Fold()
  const expected = ['0 here before']
  let round = 0
  for await (const event of subscribe(url(), { relation: 'paced' })) {
    if (!fold.apply(event)) continue
    if (JSON.stringify(words([...rowsOf(fold.rows())])) !== JSON.stringify(expected)) continue
    if (round === ROUNDS) break
    round += 1
    const isTaken = round % 3 === 0
    wire.cut()
    if (isTaken) await engine.run(`DELETE FROM paced WHERE n = ${round - 1}`)
    await engine.run(`INSERT INTO paced VALUES (${round}, 'größer ✓'), (${round}, 'größer ✓')`)
    if (isTaken)
      expected.splice(0, expected.length, ...expected.filter((row) => !row.startsWith(`${round - 1} `)))
    expected.push(`${round} größer ✓`, `${round} größer ✓`)
    expected.sort()
  }
  expect(round).toBe(ROUNDS)
  expect(words([...rowsOf(fold.rows())])).toEqual(expected)
  expect(errors).toEqual([])
}, 60_000)

test('rows that are followed are those of the filter and the projection', async () => {
  for await (const { rows, columns } of follow(url(), {
    relation: 'paced',
    columns: ['n'],
    filters: [['n', 'gte.100']],
  })) {
    expect(columns).toEqual([{ name: 'n', type: 'integer' }])
    if (rows.length === 2) {
      expect(rows).toEqual([{ n: 100 }, { n: 100 }])
      break
    }
    expect(rows).toEqual([])
    await engine.run(`INSERT INTO paced VALUES (100, 'a'), (99, 'b'), (100, 'c')`)
  }
}, 60_000)
