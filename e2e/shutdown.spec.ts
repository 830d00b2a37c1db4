import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { expect, test } from 'playwright/test'
import { descendants, isRunning } from './support/processes.ts'
import { startTailboard } from './support/tailboard.ts'

/** Of either kind. */
const CLIENTS = 20
/** For so long the launcher waits for the app before it kills it. */
const PATIENCE_MS = 2_500

test('SIGTERM ends everything at once, whoever keeps a connection', async () => {
  test.setTimeout(240_000)
  const tailboard = await startTailboard()
  const started = descendants(tailboard.pid)
  const agent = new Agent({ keepAlive: true, maxFreeSockets: CLIENTS })
  const get = async (path: string): Promise<IncomingMessage> => {
    const [response] = await once(request(tailboard.url + path, { agent }).end(), 'response')
    return response
  }
  const each = <T>(work: () => Promise<T>) => Promise.all(Array.from({ length: CLIENTS }, work))
  // Connections that their clients keep for what they may ask next: idle ones, and those of streams.
  await each(async () => text(await get('/api/health/live')))
  expect(Object.values(agent.freeSockets).flat()).toHaveLength(CLIENTS)
  const idle = Object.values(agent.freeSockets).flat()
  const streams = await Promise.all(
    idle.map(async () => {
      const response = await get('/api/stream')
      return { response, said: text(response) }
    }),
  )
  await each(async () => text(await get('/api/health/live')))
  const before = Date.now()
  process.kill(tailboard.pid, 'SIGTERM')
  for (const { said } of streams) expect(await said).toMatch(/event: bye\ndata: .*\n\n$/)
  await expect.poll(() => started.filter(isRunning)).toEqual([])
  expect(Date.now() - before).toBeLessThan(PATIENCE_MS)
  expect(streams.every(({ response }) => response.complete)).toBe(true)
  await tailboard.stop()
  agent.destroy()
})
