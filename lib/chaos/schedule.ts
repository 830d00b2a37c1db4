import { Random } from './random.ts'

/** Which connections a network failure strikes: those of the readers, or those of one app to the database. */
export type Struck = 'readers' | { readonly app: number }

export type Step =
  | { readonly kind: 'pause'; readonly ms: number }
  /** All connections of the wire end. */
  | { readonly kind: 'cut'; readonly wire: Struck }
  /** Bytes are taken and held back, then given on. */
  | { readonly kind: 'stall'; readonly wire: Struck; readonly ms: number }
  /** One direction of the connections there are, and of those that come meanwhile, is lost for good. */
  | { readonly kind: 'half-open'; readonly wire: Struck; readonly dead: 'up' | 'down'; readonly ms: number }
  | { readonly kind: 'trickle'; readonly wire: Struck; readonly ms: number }
  /** The engine ends and is back after a while: with its data, or as another database. */
  | { readonly kind: 'restart-engine'; readonly downMs: number }
  /** An app ends, with a farewell or without, and another takes its place. */
  | {
      readonly kind: 'restart-app'
      readonly app: number
      readonly isKilled: boolean
      readonly downMs: number
    }
  | {
      readonly kind: 'recreate'
      readonly what: 'view' | 'all'
      readonly isAltered: boolean
      readonly awayMs: number
    }
  /** The engine's clock jumps ahead. */
  | { readonly kind: 'clock'; readonly ms: number }
  /** Slow readers take nothing while much is written. */
  | { readonly kind: 'flood'; readonly ms: number }
  /** Some readers leave and come back with their last id. */
  | { readonly kind: 'leave'; readonly ms: number }

export interface Schedule {
  readonly seed: number
  readonly version: string
  /** Whether the engine keeps its data over a restart. */
  readonly isDurable: boolean
  /** More than one take turns in serving the readers. */
  readonly apps: number
  readonly steps: readonly Step[]
}

const STEPS = [4, 7] as const

/** The schedule of a seed; the same for the same seed. */
export function createSchedule(seed: number, version: string): Schedule {
  const random = new Random(seed)
  // Each combination in turn, so that a few schedules meet them all.
  const isDurable = seed % 2 === 0
  const apps = (seed >> 1) % 2 === 0 ? 2 : 1
  const steps: Step[] = []
  for (let count = random.int(...STEPS); count > 0; count--) {
    steps.push(createStep(random, apps), { kind: 'pause', ms: random.int(20, 700) })
  }
  return { seed, version, isDurable, apps, steps }
}

function createStep(random: Random, apps: number): Step {
  const app = random.int(0, apps - 1)
  const wire: Struck = random.chance(0.5) ? 'readers' : { app }
  const ms = random.int(50, 1_500)
  const downMs = random.int(0, 800)
  switch (random.int(0, 12)) {
    case 0:
    case 1:
    case 2:
      return { kind: 'cut', wire }
    case 3:
      return { kind: 'stall', wire, ms }
    case 4:
      return { kind: 'half-open', wire, dead: random.pick(['up', 'down']), ms }
    case 5:
      return { kind: 'trickle', wire, ms }
    case 6:
      return { kind: 'restart-engine', downMs }
    case 7:
    case 8:
      return { kind: 'restart-app', app, isKilled: random.chance(0.5), downMs }
    case 9:
      return {
        kind: 'recreate',
        what: random.pick(['view', 'all']),
        isAltered: random.chance(0.5),
        awayMs: downMs,
      }
    case 10:
      // Beyond what readers can continue from (two minutes), or what the engine keeps (five).
      return { kind: 'clock', ms: random.pick([700, 5_000, 60_000, 200_000, 400_000]) }
    case 11:
      return { kind: 'leave', ms }
    default:
      return { kind: 'flood', ms }
  }
}

/** As it is printed when it finds something: all that is needed to play it again. */
export function formatSchedule({ steps, ...setting }: Schedule): string {
  return [JSON.stringify(setting), ...steps.map((step) => `  ${JSON.stringify(step)}`)].join('\n')
}
