import type { Log } from '../log.ts'
import type { Reading } from '../readings/reading.ts'
import { sleep } from '../sleep.ts'
import { missingReadings, type Network, readingsAt, tickBefore } from './network.ts'
import type { Run, Session } from './session.ts'
import { countReadingsAt, insertReadings, newestReadings, ROWS_PER_INSERT } from './statements.ts'

/** Readings of so many rows, at the most, are written late rather than never when the database was slow. */
const MAX_LATE_ROWS = 20_000
/** How often a writer looks for another one. */
const LOOK_EVERY_MS = 10_000
/** Time for another writer's readings to arrive before they are missed. */
const SETTLED_MS = 2_000

/** Writes the network's readings, after those of the window that are missing, until the session is over. */
export async function writeReadings(network: Network, { run, signal }: Session, log: Log): Promise<void> {
  while (!signal.aborted) {
    await otherWriterGone(network, run, signal, log)
    const filledUpTo = await fillWindow(network, run, log)
    await writeUntilDoubled(network, filledUpTo, run, signal)
    if (signal.aborted) return
    log.warn('another simulator writes the same readings')
    // Both have seen it: who waits less goes on, and the other finds it writing.
    await sleep((1 + Math.random() * 5) * Math.max(network.intervalMs, SETTLED_MS), signal)
  }
}

/**
 * Readings are a function of time, so whoever writes them writes the same: two writers would only double them. A
 * writer stands by for as long as there are readings of the moment just gone; when they stop, it fills the gap.
 */
async function otherWriterGone(network: Network, run: Run, signal: AbortSignal, log: Log): Promise<void> {
  for (let looks = 0; !signal.aborted; looks++) {
    const now = Date.now()
    const settled = tickBefore(network, now - Math.max(network.intervalMs, SETTLED_MS))
    if ((await countAt(network, settled, run)) === 0) return
    // The readings of a writer that has just ended last for one look.
    if (looks === 3) log.info('standing by: another simulator is writing')
    await sleep(Math.max(network.intervalMs, SETTLED_MS), signal)
  }
}

async function countAt({ sensors }: Network, tickMs: number, run: Run): Promise<number> {
  const [row] = await run<{ n: string | number }>(countReadingsAt(sensors, tickMs / 1000))
  return Number(row?.n ?? 0)
}

/** Gives the time up to which the window is full. */
async function fillWindow(network: Network, run: Run, log: Log): Promise<number> {
  const untilMs = tickBefore(network, Date.now())
  const rows = await run<{ id: number; newest: number }>(newestReadings(network.sensors, untilMs / 1000))
  const newest = new Map(rows.map(({ id, newest: seconds }) => [id, Math.round(seconds * 1000)]))
  let readings = 0
  let batch: Reading[] = []
  let sent: Promise<unknown> = Promise.resolve()
  // The next batch is computed while the database stores the one before.
  const send = async () => {
    const statements = insertReadings(batch)
    readings += batch.length
    batch = []
    await sent
    sent = Promise.all(statements.map((statement) => run(statement)))
    // Its failure is met at the next await.
    sent.catch(() => {})
  }
  for (const moment of missingReadings(network, newest, untilMs)) {
    batch.push(...moment)
    if (batch.length >= ROWS_PER_INSERT) await send()
  }
  await send()
  await sent
  if (readings > 0) log.info({ readings }, 'filled the window')
  return untilMs
}

/** Returns when there are more readings than this writer wrote. */
async function writeUntilDoubled(
  network: Network,
  fromMs: number,
  run: Run,
  signal: AbortSignal,
): Promise<void> {
  const { intervalMs, sensors } = network
  const maxLateMs = Math.max(1, Math.floor(MAX_LATE_ROWS / sensors)) * intervalMs
  let writtenMs = fromMs
  let lookAtMs = Date.now() + LOOK_EVERY_MS
  while (!signal.aborted) {
    await sleep(writtenMs + intervalMs - Date.now(), signal)
    if (signal.aborted) return
    const due = tickBefore(network, Date.now())
    const first = Math.max(writtenMs + intervalMs, due - maxLateMs + intervalMs)
    if (first > due) continue
    const readings: Reading[] = []
    for (let tick = first; tick <= due; tick += intervalMs) readings.push(...readingsAt(network, tick))
    for (const statement of insertReadings(readings)) await run(statement)
    writtenMs = due
    if (Date.now() < lookAtMs) continue
    if ((await countAt(network, due, run)) > readingsAt(network, due).length) return
    lookAtMs = Date.now() + LOOK_EVERY_MS
  }
}
