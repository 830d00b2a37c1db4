import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStorage, type Storage } from './storage.ts'
import { parseVersion } from './version.ts'

let storage: Storage
beforeAll(async () => {
  const version = parseVersion('v0.26')
  if (!version) throw new TypeError('no version')
  storage = await openStorage(undefined, version)
}, 60_000)
afterAll(() => storage.close())

test('the average of integers leaves out what is null, and is null of nothing', () => {
  const { backend } = storage
  const average = (values: string) =>
    backend.query(`SELECT mz_catalog.avg(a) FROM (VALUES ${values}) AS t (a) WHERE a IS DISTINCT FROM 0`)[0]
  expect(average('(4), (NULL::int4), (7)')).toEqual(['5.5'])
  expect(average('(0)')).toEqual([null])
})
