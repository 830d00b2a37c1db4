import { readEnv } from '../env.ts'
import { createLog } from '../log.ts'
import { simulate } from './simulate.ts'

/** What the simulator tells the process that started it. */
export type SimulatorMessage =
  /** The demo relations are there. */
  | { readonly type: 'ready' }
  /** It has ended, and trying again would not help. */
  | { readonly type: 'failed'; readonly reason: string }

const END_TIMEOUT_MS = 900

const tell = (message: SimulatorMessage) => void process.send?.(message)

async function main(): Promise<void> {
  const { materializeUrl: url, sensors, sensorIntervalMs, hostMetrics } = readEnv()
  if (url === undefined) throw new Error('the simulator needs a MATERIALIZE_URL')
  const ending = new AbortController()
  const end = () => {
    ending.abort()
    setTimeout(() => process.exit(0), END_TIMEOUT_MS).unref()
  }
  // Started by a process that has us on a channel, we end with it.
  process.on('disconnect', end)
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  const log = createLog('simulator')
  await simulate(
    { url, sensors, sensorIntervalMs, hostMetrics, log, onReady: () => tell({ type: 'ready' }) },
    ending.signal,
  )
  process.exit(0)
}

main().catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error)
  if (!process.send) process.stderr.write(`${reason}\n`)
  // The answer must be on its way before the process ends.
  process.send?.({ type: 'failed', reason } satisfies SimulatorMessage, () => process.exit(1))
  if (!process.send) process.exitCode = 1
})
