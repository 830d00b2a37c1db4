import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { descendants } from '../../e2e/support/processes.ts'
import { startProxy } from '../../e2e/support/proxy.ts'
import { startTailboard } from '../../e2e/support/tailboard.ts'

const COLLECT = new URL('./collect-on-signal.js', import.meta.url).href
/** For processes whose memory is measured once garbage is collected. */
export const COLLECTABLE = { NODE_OPTIONS: `--expose-gc --import ${COLLECT}` }

export const script = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

/** A process of ours that says one thing when it is ready. */
export async function startScript(file: string, env: Record<string, string> = {}) {
  const child = fork(file, {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, ...env },
    serialization: 'advanced',
  })
  const [ready] = await once(child, 'message')
  return {
    pid: child.pid ?? 0,
    ready: ready as unknown,
    send: (message: string) => void child.send(message),
    stop: async () => {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}

/** A server that only knows `res.write`. */
export const startBare = () => startBaseline('./bare-server.ts')

/** The library better-sse: over Node's response, and at `fetch` over a `Response` as in a Route Handler. */
export const startBetterSse = () => startBaseline('./better-sse-server.ts')

async function startBaseline(file: string) {
  const { ready, ...server } = await startScript(script(file), COLLECTABLE)
  return { ...server, streamUrl: (path = '') => `http://127.0.0.1:${ready}/${path}` }
}

/** An embedded engine alone, on any free port. */
export async function startEngine(env: Record<string, string> = {}) {
  const engine = await startScript(script('../../lib/engine/main.ts'), { EMBEDDED_PORT: '0', ...env })
  const { port } = engine.ready as { port: number }
  return {
    pid: engine.pid,
    databaseUrl: `postgres://materialize@127.0.0.1:${port}/materialize`,
    stop: engine.stop,
  }
}

/**
 * The production Tailboard on an engine of its own, a connection to that engine, and a wire between the two that counts
 * cursors.
 */
export async function startOurs(env: Record<string, string> = {}) {
  const engine = await startEngine()
  const { databaseUrl } = engine
  const proxy = await startProxy(databaseUrl)
  const app = await startTailboard({ ...COLLECTABLE, MATERIALIZE_URL: proxy.url, LOG_LEVEL: 'warn', ...env })
  const pid = descendants(app.pid).find(
    ({ command, parent }) => parent === app.pid && /next/.test(command),
  )?.pid
  if (!pid) throw new Error('The app is not among the processes of Tailboard')
  const database = new Client({ connectionString: databaseUrl })
  await database.connect()
  return {
    pid,
    database,
    databaseUrl,
    cursors: () => proxy.cursors().open,
    streamUrl: (relation: string) => `${app.url}/api/stream?relation=${relation}`,
    stop: async () => {
      await database.end()
      await app.stop()
      await proxy.close()
      await engine.stop()
    },
  }
}

export type Ours = Awaited<ReturnType<typeof startOurs>>
export type Bare = Awaited<ReturnType<typeof startBare>>
