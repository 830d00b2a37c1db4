import { expect, test, vi } from 'vitest'
import { persistently } from './persistently.ts'

test('a part of the page is asked for until the server gives it', async () => {
  const load = vi.fn().mockRejectedValueOnce(new Error('away')).mockRejectedValueOnce(new Error('away'))
  load.mockResolvedValue('part')
  const wait = vi.fn(() => Promise.resolve())
  expect(await persistently<string>(load, wait)).toBe('part')
  expect(load).toHaveBeenCalledTimes(3)
  expect(wait).toHaveBeenCalledTimes(2)
})
