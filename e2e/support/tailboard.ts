import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const START_TIMEOUT_MS = 240_000

/** A running Tailboard: what `npm start` starts, on ports of its own. */
export interface Tailboard {
  /** Where the page is. */
  readonly url: string
  /** Postgres-wire address of the database. */
  readonly databaseUrl: string
  /** What it has printed so far, logs included. */
  output(): string
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>
  /** Ends the launcher in a way that it cannot notice. */
  kill(): Promise<void>
  readonly pid: number
}

/** Starts Tailboard and waits until it says that it is ready. Give `PORT` again to start it where it was. */
export async function startTailboard(env: Record<string, string> = {}): Promise<Tailboard> {
  const port = env.PORT ?? String(await freePort())
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/start.ts'], {
    cwd: ROOT,
    env: { ...process.env, EMBEDDED_PORT: '0', ...env, PORT: port },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  await said(child, () => output, /Tailboard is ready: /)
  return {
    url: `http://127.0.0.1:${port}`,
    databaseUrl: env.MATERIALIZE_URL ?? /psql (postgres:\S+)/.exec(output)?.[1] ?? '',
    output: () => output,
    stop: async () => {
      await end(child, 'SIGINT')
      if (/unhandled ?rejection|uncaught ?exception/i.test(output)) {
        throw new Error(`Something went wrong that nobody handled:\n${output}`)
      }
    },
    kill: () => end(child, 'SIGKILL'),
    pid: child.pid ?? 0,
  }
}

async function said(child: ChildProcess, output: () => string, words: RegExp): Promise<void> {
  const giveUpAt = Date.now() + START_TIMEOUT_MS
  while (!words.test(output())) {
    if (child.exitCode !== null) throw new Error(`Tailboard ended before it was ready:\n${output()}`)
    if (Date.now() > giveUpAt) throw new Error(`Tailboard was not ready in time:\n${output()}`)
    await Promise.race([once(child.stdout ?? child, 'data'), once(child, 'exit')])
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address !== 'object' || address === null) throw new Error('No port was given')
  return address.port
}
