import { ensureBuilt } from './build.ts'
import type { Child } from './children.ts'
import { ROOT } from './commands.ts'
import { untilListening } from './ports.ts'
import { type RunOptions, type Start, startEngine, startSimulator } from './roles.ts'

/**
 * Starts everything and keeps it running. Resolves with the app's exit status when the app ends, and with undefined
 * after `signal` aborts; rejects where something cannot be started. Whoever calls ends the children.
 */
export function run(options: RunOptions, signal: AbortSignal): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => resolve(undefined), { once: true })
    startAll({ ...options, signal, fail: reject }).then(resolve, reject)
  })
}

async function startAll(start: Start): Promise<number | undefined> {
  const { settings, commands, children, say, signal } = start
  // Together, as each takes seconds.
  const [url] = await Promise.all([
    startDatabase(start),
    commands.build && ensureBuilt({ root: ROOT, children, command: commands.build, say }, signal),
  ])
  if (signal.aborted) return undefined
  const app = children.start(commands.app(url))
  void untilListening(settings.host, settings.port, AbortSignal.any([signal, ended(app)])).then((isUp) => {
    if (isUp) say(`Tailboard is ready: http://${urlHost(settings.host)}:${settings.port}`)
  })
  return (await app.exited).code ?? 1
}

/** Gives the database's address, once it has what the app shows. */
async function startDatabase(start: Start): Promise<string> {
  const { settings, say } = start
  const { materializeUrl, embedded, sensors, hostMetrics } = settings
  if (materializeUrl !== undefined) {
    say(`Using the Materialize at ${new URL(materializeUrl).host}`)
    // Not waited for: the page tells when a database does not answer. Its relations are made only for our own rows.
    if (sensors > 0 || hostMetrics) void startSimulator(start, materializeUrl)
    return materializeUrl
  }
  const port = await startEngine(start)
  const url = `postgres://materialize@127.0.0.1:${port}/materialize`
  if (port !== embedded.port && embedded.port !== 0) say(`Port ${embedded.port} is taken: using ${port}`)
  say(`The embedded engine plays Materialize ${embedded.version}: psql ${url}`)
  await startSimulator(start, url)
  return url
}

/** Aborts when a process has ended. */
function ended(child: Child): AbortSignal {
  const controller = new AbortController()
  void child.exited.then(() => controller.abort())
  return controller.signal
}

const ANY_ADDRESS = new Set(['0.0.0.0', '::'])

/** As it stands in an address that a browser understands. */
function urlHost(host: string): string {
  if (ANY_ADDRESS.has(host)) return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
