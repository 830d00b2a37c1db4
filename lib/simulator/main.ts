import { readEnv } from '../env.ts'
import { createLog } from '../log.ts'
import type { SimulatorMessage } from './message.ts'
import { simulate } from './simulate.ts'

/** The simulator as a process: `MATERIALIZE_URL=... SENSORS=24 npx tsx lib/simulator/main.ts`. */

const END_TIMEOUT_MS = 900

/** Resolves when the message is on its way, also where nobody listens. */
function tell(message: SimulatorMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.send) process.send(message, undefined, undefined, () => resolve())
    else resolve()
  })
}

async function main(): Promise<void> {
  const { materializeUrl: url, sensors, sensorIntervalMs, hostMetrics } = readEnv()
  if (url === undefined) throw new Error('The simulator needs a MATERIALIZE_URL')
  const ending = new AbortController()
  const end = () => {
    ending.abort()
    setTimeout(() => process.exit(0), END_TIMEOUT_MS).unref()
  }
  // Started by a process that has us on a channel, we end with it.
  for (const reason of ['disconnect', 'SIGTERM', 'SIGINT']) process.on(reason, end)
  const onReady = () => void tell({ type: 'ready' })
  const log = createLog('simulator')
  await simulate({ url, sensors, sensorIntervalMs, hostMetrics, log, onReady }, ending.signal)
}

main().then(
  () => process.exit(0),
  async (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    if (!process.send) process.stderr.write(`${reason}\n`)
    await tell({ type: 'failed', reason })
    process.exit(1)
  },
)
