import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Random } from '../../lib/chaos/random.ts'
import { Reader } from '../../lib/chaos/reader.ts'
import { eraOf } from '../../lib/chaos/relations.ts'
import { differenceOf } from '../../lib/chaos/rows.ts'
import { readAsOf } from '../../lib/chaos/snapshot.ts'
import { Wire } from '../../lib/chaos/wire.ts'
import { Machine } from './machine.ts'
import { createSteps, type Step } from './steps.ts'
import { WATCHED } from './watched.ts'

const SCHEDULES = Number(process.env.CHAOS_PROCESS_SCHEDULES || 20)
const FIRST_SEED = Number(process.env.CHAOS_SEED || 1)
/** A build may have to be made. */
const START_MS = 300_000
const SETTLE_MS = 60_000
const TIMEOUT_MS = 180_000

const PASS = { up: 'pass', down: 'pass' } as const
const seeds = Array.from({ length: Math.ceil(SCHEDULES / 2) }, (_, i) => FIRST_SEED + i)

describe.each(['v0.26', 'v26.24.0'])(
  'with two apps as real processes, each of which is killed, speaking %s',
  (version) => {
    let machine: Machine
    let wire: Wire
    beforeAll(async () => {
      machine = await Machine.start(version)
      wire = await Wire.start(machine.whole.port, machine.beside.port)
    }, START_MS)
    afterAll(async () => {
      await wire?.close()
      await machine?.close()
    }, START_MS)

    test.each(seeds)(
      'seed %i',
      async (seed) => {
        const steps = createSteps(seed)
        const random = new Random(~seed)
        const violations: string[] = []
        const readers = WATCHED.map(
          (watched, i) =>
            new Reader({
              name: `reader ${i} of ${watched.relation}?${watched.query}`,
              port: wire.port,
              watched,
              isGzip: i % 2 === seed % 2,
              isSlow: random.chance(0.3),
              random: new Random(random.int(0, 2 ** 31)),
              onViolation: (what) => violations.push(what),
            }),
        )
        try {
          await Promise.all(readers.map((reader) => reader.reach(undefined, 0n, SETTLE_MS)))
          for (const step of steps) await perform(step)
          const end = BigInt(Date.now())
          await Promise.all(readers.map((reader) => reader.reach(undefined, end, SETTLE_MS)))
          await Promise.all(readers.map((reader) => reader.stop()))
          for (const { watched, observations } of readers) {
            const last = observations.at(-1)
            if (!last) continue
            const expected = await readAsOf(
              machine.whole.databaseUrl,
              eraOf(version),
              watched,
              last.timestamp,
            )
            const difference = differenceOf(last.rows, expected)
            if (difference) violations.push(`${last.reader} at ${last.timestamp}: ${difference}`)
          }
        } catch (error) {
          violations.push(String(error))
        } finally {
          await Promise.all(readers.map((reader) => reader.stop()))
          wire.modes = PASS
        }
        expect(violations, JSON.stringify({ seed, version, steps })).toEqual([])
      },
      TIMEOUT_MS,
    )

    async function perform(step: Step): Promise<void> {
      switch (step.kind) {
        case 'pause':
          return wait(step.ms)
        case 'cut':
          return wire.cut()
        case 'wire':
          wire.modes = step.modes
          await wait(step.ms)
          wire.modes = PASS
          return
        case 'kill':
          return step.role === 'app' ? machine[step.place].killApp() : machine.whole.killEngine()
        case 'restart':
          return machine[step.place].restart(step.isKilled)
        default:
          step satisfies never
      }
    }
  },
)
