import { Random } from '../../lib/chaos/random.ts'
import type { Modes } from '../../lib/chaos/wire.ts'

export type Step =
  | { readonly kind: 'pause'; readonly ms: number }
  | { readonly kind: 'cut' }
  | { readonly kind: 'wire'; readonly modes: Modes; readonly ms: number }
  | { readonly kind: 'kill'; readonly role: 'engine' }
  | { readonly kind: 'kill'; readonly role: 'app'; readonly place: (typeof PLACES)[number] }
  | { readonly kind: 'restart'; readonly isKilled: boolean; readonly place: (typeof PLACES)[number] }

const PLACES = ['whole', 'beside'] as const

const STEPS = [2, 4] as const

/** What happens to two apps on one engine; the same for the same seed. */
export function createSteps(seed: number): Step[] {
  const random = new Random(seed)
  const steps: Step[] = []
  for (let count = random.int(...STEPS); count > 0; count--) {
    steps.push(createStep(random), { kind: 'pause', ms: random.int(50, 3_000) })
  }
  return steps
}

function createStep(random: Random): Step {
  const ms = random.int(100, 2_000)
  const modes: readonly [Modes, ...Modes[]] = [
    { up: 'stall', down: 'stall' },
    { up: 'trickle', down: 'trickle' },
    { up: 'dead', down: 'pass' },
    { up: 'pass', down: 'dead' },
  ]
  switch (random.int(0, 6)) {
    case 0:
      return { kind: 'cut' }
    case 1:
      return { kind: 'wire', modes: random.pick(modes), ms }
    case 2:
    case 3:
      return { kind: 'kill', role: 'engine' }
    case 4:
    case 5:
      return { kind: 'kill', role: 'app', place: random.pick(PLACES) }
    default:
      return { kind: 'restart', isKilled: random.chance(0.6), place: random.pick(PLACES) }
  }
}
