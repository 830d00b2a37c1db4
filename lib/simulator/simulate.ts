import { backoffMs } from '../backoff.ts'
import type { Log } from '../log.ts'
import { identify } from '../materialize/dialect.ts'
import { RelationConflictError, setUpDemo } from '../materialize/sql/set-up.ts'
import { sleep } from '../sleep.ts'
import { createHostMeter } from './host-metrics.ts'
import { prune } from './prune.ts'
import { type Session, SessionLostError, withSession } from './session.ts'
import { insertHostReading } from './statements.ts'
import { writeReadings } from './writer.ts'

const SEED = 1
const HOST_METRICS_EVERY_MS = 1_000
const PRUNE_EVERY_MS = 10_000
/** With the schedule of {@link backoffMs}: no wait longer than 4 s, so that a database that is back is soon full again. */
const MAX_ATTEMPT = 4

export interface SimulateOptions {
  readonly url: string
  /** 0: no readings. */
  readonly sensors: number
  readonly sensorIntervalMs: number
  readonly hostMetrics: boolean
  readonly log: Log
  /** The demo relations are there; called again after each reconnect. */
  readonly onReady?: () => void
}

/**
 * Sets the demo relations up and writes readings and host metrics until `signal` aborts, over as many connections as
 * it takes. Rejects only with a {@link RelationConflictError}, which no retry would heal.
 */
export async function simulate(options: SimulateOptions, signal: AbortSignal): Promise<void> {
  let attempt = 0
  while (!signal.aborted) {
    try {
      await withSession(options.url, signal, async (session) => {
        const { word, version } = await identify(session.client)
        await setUpDemo(session.client, word)
        options.log.info({ version }, 'connected')
        attempt = 0
        options.onReady?.()
        await write(options, session)
      })
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof RelationConflictError) throw error
      // Once for each outage, not for each try.
      if (attempt === 0) options.log.warn({ err: error }, 'no database: trying again')
      await sleep(backoffMs(Math.min(attempt, MAX_ATTEMPT)), signal)
      attempt++
    }
  }
}

/** All jobs share the connection, and the first failure ends it for all. */
async function write(options: SimulateOptions, session: Session): Promise<void> {
  const { sensors, sensorIntervalMs: intervalMs, hostMetrics, log } = options
  const jobs: Promise<void>[] = [untilOver(session.signal)]
  if (sensors > 0) jobs.push(writeReadings({ seed: SEED, sensors, intervalMs }, session, log))
  if (hostMetrics) jobs.push(writeHostMetrics(session))
  if (sensors > 0 || hostMetrics) jobs.push(pruneRegularly(options, session))
  await Promise.all(jobs)
}

async function untilOver(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const over = () => reject(signal.reason ?? new SessionLostError('The session ended'))
    if (signal.aborted) over()
    else signal.addEventListener('abort', over, { once: true })
  })
}

async function writeHostMetrics({ run, signal }: Session): Promise<void> {
  const measure = createHostMeter()
  // The first one has nothing to be a difference of.
  await measure()
  while (!signal.aborted) {
    await sleep(HOST_METRICS_EVERY_MS - (Date.now() % HOST_METRICS_EVERY_MS), signal)
    if (signal.aborted) return
    await run(insertHostReading(await measure()))
  }
}

async function pruneRegularly({ sensors, hostMetrics }: SimulateOptions, session: Session): Promise<void> {
  const { run, signal } = session
  while (!signal.aborted) {
    await sleep(PRUNE_EVERY_MS, signal)
    if (signal.aborted) return
    const now = Date.now() / 1000
    if (sensors > 0) await prune(run, 'sensors', now)
    if (hostMetrics) await prune(run, 'host_metrics', now)
  }
}
