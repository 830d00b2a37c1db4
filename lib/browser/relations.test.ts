import { afterEach, expect, test, vi } from 'vitest'
import { askForRows, describeRelation, hasRelation, listRelations } from './relations.ts'

const never = new AbortController().signal
const answers = (answer: () => Promise<Response>) => vi.stubGlobal('fetch', vi.fn(answer))
afterEach(() => vi.unstubAllGlobals())

test.each([
  [404, 'absent', false],
  [403, 'absent', false],
  [503, 'database', undefined],
  [500, 'server', undefined],
])('%d from the server is %s', async (status, why, isThere) => {
  answers(async () => new Response('{}', { status }))
  expect(await describeRelation('a', never)).toBe(why)
  expect(await hasRelation('a', never)).toBe(isThere)
})

test('a name may have any characters', async () => {
  answers(async () => Response.json({ rows: 7 }))
  expect(await askForRows('a/b?', never)).toBe(7)
  expect(fetch).toHaveBeenCalledWith('/api/relations/a%2Fb%3F', { signal: never })
})

test('a server that is away, or a page in its place, is told; a bug is not hidden', async () => {
  answers(async () => Promise.reject(new TypeError('failed to fetch')))
  expect(await listRelations(never)).toBe('server')
  answers(async () => new Response('<html>'))
  expect(await listRelations(never)).toBe('server')
  answers(async () => Promise.reject(new RangeError('a bug')))
  await expect(askForRows('a', never)).rejects.toThrow(RangeError)
})

test('who no longer waits is not told anything', async () => {
  const left = AbortSignal.abort()
  answers(async () => Promise.reject(left.reason))
  expect(await askForRows('a', left)).toBeUndefined()
  await expect(listRelations(left)).rejects.toThrow()
})
