const STEPS = [1, 2, 2.5, 5, 10]
const TICKS = 4
/** A scale is kept until its values fill less than this share of it: it must not breathe with every value. */
const KEEP_ABOVE = 0.5

/** Values that differ by a smaller share are the same to the eye, and nearly to a float. */
const FLAT = 1e-9

/** A scale from one round number to another. */
export interface ValueScale {
  readonly min: number
  readonly max: number
  readonly ticks: readonly number[]
}

/** A round scale around some values; 0 is on it where that costs little room. The one before is kept while it fits. */
export function toValueScale(low: number, high: number, before?: ValueScale): ValueScale {
  let bottom = low > 0 && low < high * 0.6 ? 0 : low
  let top = high < 0 && high > low * 0.6 ? 0 : high
  if (before && low >= before.min && high <= before.max) {
    if (top - bottom >= (before.max - before.min) * KEEP_ABOVE) return before
  }
  if (top - bottom <= Math.max(Math.abs(top), Math.abs(bottom)) * FLAT || top - bottom < 1e-300) {
    // A value that does not change lies in the middle of something; nothing at all is the least that there can be.
    const isNothing = Math.abs(top) < 1e-290
    const room = isNothing ? 1 : Math.abs(top) * 0.1
    bottom -= isNothing ? 0 : room
    top += room
  }
  const rough = (top - bottom) / TICKS
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * (STEPS.find((candidate) => candidate * power >= rough * 0.999) ?? 10)
  const first = Math.floor(bottom / step + 1e-9)
  const last = Math.ceil(top / step - 1e-9)
  const ticks = Array.from({ length: Math.min(20, last - first + 1) }, (_, index) =>
    // Multiplying leaves crumbs such as 0.30000000000000004.
    Number(((first + index) * step).toPrecision(14)),
  )
  return { min: ticks[0] ?? bottom, max: ticks.at(-1) ?? top, ticks }
}
