/** Chance without state: the same numbers always give the same value. All functions here are pure. */

const TWO_POW_32 = 2 ** 32

/** Mixes whole numbers into one of [0, 1), as evenly as a good generator (the finaliser of MurmurHash3). */
export function hash(...parts: readonly number[]): number {
  let h = 0x9e3779b9
  for (const part of parts) {
    // Both halves, as a time in milliseconds needs more than 32 bits.
    h = mix(h ^ (part | 0))
    h = mix(h ^ Math.floor(part / TWO_POW_32))
  }
  return (h >>> 0) / TWO_POW_32
}

function mix(value: number): number {
  let h = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) + 0x6d2b79f5
}

/** Bends [0, 1] so that pieces of noise meet without a corner. */
const smooth = (x: number): number => x * x * (3 - 2 * x)

const between = (from: number, to: number, x: number): number => from + (to - from) * x

/** A smooth curve through random heights of [-1, 1] at every whole `x`. */
export function curve(seed: number, channel: number, x: number): number {
  const cell = Math.floor(x)
  const at = (c: number) => hash(seed, channel, c) * 2 - 1
  return between(at(cell), at(cell + 1), smooth(x - cell))
}

/** The same over a plane that changes with `t`: points that are near in place or time have like values. */
export function field(seed: number, channel: number, x: number, y: number, t: number): number {
  const [cx, cy, ct] = [Math.floor(x), Math.floor(y), Math.floor(t)]
  const [sx, sy, st] = [smooth(x - cx), smooth(y - cy), smooth(t - ct)]
  const at = (dx: number, dy: number, dt: number) => hash(seed, channel, cx + dx, cy + dy, ct + dt) * 2 - 1
  const plane = (dt: number) =>
    between(between(at(0, 0, dt), at(1, 0, dt), sx), between(at(0, 1, dt), at(1, 1, dt), sx), sy)
  return between(plane(0), plane(1), st)
}

/** Something that happens now and then: at most once in each stretch of time. */
export interface Occurrence {
  /** Tells occurrences apart: a number to hash with. */
  readonly key: number
  readonly startMs: number
  readonly durationMs: number
}

export interface Schedule {
  readonly everyMs: number
  /** How likely a stretch of `everyMs` has one. */
  readonly chance: number
  readonly minMs: number
  /** At most `everyMs`, so that only the stretch before can reach into the present one. */
  readonly maxMs: number
}

/** What is going on at a time: of this stretch, or of the one before if that still lasts. */
export function occurrencesAt(
  seed: number,
  channel: number,
  { everyMs, chance, minMs, maxMs }: Schedule,
  timeMs: number,
): Occurrence[] {
  const cell = Math.floor(timeMs / everyMs)
  const found: Occurrence[] = []
  for (const key of [cell - 1, cell]) {
    if (hash(seed, channel, key, 0) >= chance) continue
    const startMs = (key + hash(seed, channel, key, 1)) * everyMs
    const durationMs = between(minMs, maxMs, hash(seed, channel, key, 2))
    if (timeMs >= startMs && timeMs < startMs + durationMs) found.push({ key, startMs, durationMs })
  }
  return found
}
