import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServer } from '../server.ts'
import { connected, countObjects } from './target.ts'

const PROGRAM = fileURLToPath(new URL('run.ts', import.meta.url))

let server: Awaited<ReturnType<typeof startServer>>
beforeAll(async () => {
  server = await startServer({ port: 0, version: 'v0.26' })
})
afterAll(() => server.close())

const address = () => ({ host: '127.0.0.1', port: server.port })

/** What the program prints, and whether it was content. */
async function run(...flags: string[]): Promise<{ code: number; text: string }> {
  const env = {
    ...process.env,
    MATERIALIZE_URL: `postgres://materialize@127.0.0.1:${server.port}/materialize`,
  }
  const program = promisify(execFile)('node', ['--import', 'tsx', PROGRAM, ...flags], { env })
  try {
    const { stdout, stderr } = await program
    return { code: 0, text: stdout + stderr }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { code, text: stdout + stderr }
  }
}

test('a server that holds objects is left alone unless told otherwise', { timeout: 60_000 }, async () => {
  const client = await connected(address())
  client.query('CREATE TABLE kept (a int)')
  await client.until(client.idle, 5000)
  client.destroy()
  const refused = await run('--filter', '^tags/dml$')
  expect(refused.code).toBe(1)
  expect(refused.text).toMatch(/holds 1 object that this would drop.*--drop-everything/)
  expect(await countObjects(address())).toBe(1)
  const allowed = await run('--filter', '^startup/ssl', '--drop-everything')
  expect(allowed).toMatchObject({
    code: 0,
    text: expect.stringMatching(/^tail startup: \d+ equal, 0 different/),
  })
})
