import pino from 'pino'
import { describe, expect, test, vi } from 'vitest'
import { sleep } from '../sleep.ts'
import { createSchedule, formatSchedule } from './schedule.ts'
import { World } from './world.ts'

const SCHEDULES = Number(process.env.CHAOS_SCHEDULES || 20)
const FIRST_SEED = Number(process.env.CHAOS_SEED || 1)
const TIMEOUT_MS = 180_000
const STEP_MS = 30_000
const SETTLE_MS = 60_000
const CLOSE_MS = 30_000
const VIOLATIONS_SHOWN = 12
/** Most of a schedule is waiting for what has failed to be noticed. */
const AT_ONCE = 10

/**
 * Half of the schedules, against one dialect. `CHAOS_SEED=7 CHAOS_SCHEDULES=2` plays the seventh of each dialect again;
 * `LOG_LEVEL=info` shows what the app says about it.
 */
export function playSchedules(version: string): void {
  const log = pino({ level: process.env.LOG_LEVEL || 'silent' })
  const seeds = Array.from({ length: Math.ceil(SCHEDULES / 2) }, (_, i) => FIRST_SEED + i)
  vi.setConfig({ maxConcurrency: AT_ONCE })
  describe.concurrent(`whatever fails, every reader of ${version} is exact at every id`, () => {
    test.each(seeds)(
      'seed %i',
      async (seed) => {
        const schedule = createSchedule(seed, version)
        const world = await World.start(schedule, log)
        const found: unknown[] = []
        try {
          for (const step of schedule.steps) await within(STEP_MS, JSON.stringify(step), world.perform(step))
          await within(SETTLE_MS, 'settling', world.settle())
        } catch (error) {
          found.push(error)
        }
        await within(CLOSE_MS, 'closing', world.close()).catch((error: unknown) => found.push(error))
        found.push(...world.violations.slice(0, VIOLATIONS_SHOWN))
        expect(found, formatSchedule(schedule)).toEqual([])
      },
      TIMEOUT_MS,
    )
  })
}

/** Rejects where something does not come to its end. */
async function within(ms: number, what: string, work: Promise<void>): Promise<void> {
  const over = new AbortController()
  const deadline = sleep(ms, over.signal).then(() => {
    if (!over.signal.aborted) throw new Error(`${what} took more than ${ms / 1_000} s`)
  })
  try {
    await Promise.race([work, deadline])
  } finally {
    over.abort()
  }
}
