import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { Client } from 'pg'
import { afterEach, expect, test } from 'vitest'

const children: ChildProcess[] = []

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

function start(settings: Readonly<Record<string, string>>): ChildProcess {
  const child = fork(new URL('./main.ts', import.meta.url), {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, ...settings },
    silent: true,
  })
  children.push(child)
  return child
}

test('tells its parent the port, where a taken one is passed over, and ends with its parent', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const address = taken.address()
  const port = typeof address === 'object' && address ? address.port : 0

  const child = start({ EMBEDDED_PORT: String(port), EMBEDDED_VERSION: 'v26.24' })
  const [message] = await once(child, 'message')
  expect(message).toEqual({ type: 'listening', port: expect.any(Number) })
  expect(message.port).toBeGreaterThan(port)
  const client = new Client({
    host: '127.0.0.1',
    port: message.port,
    user: 'materialize',
    database: 'materialize',
  })
  client.on('error', () => {})
  await client.connect()
  expect((await client.query('SHOW mz_version')).rows[0].mz_version).toMatch(/^v26\.24\.0 /)

  child.disconnect()
  expect(await once(child, 'exit')).toEqual([0, null])
  taken.close()
}, 30_000)

test('refuses settings that make no sense, in words', async () => {
  const child = start({ EMBEDDED_VERSION: 'nine' })
  let output = ''
  child.stderr?.on('data', (chunk) => {
    output += chunk
  })
  const [code] = await once(child, 'exit')
  expect(code).toBe(1)
  expect(output).toContain('EMBEDDED_VERSION is no version: nine')
}, 30_000)
