const STEPS = [1, 2, 2.5, 5, 10]
const TICKS = 4
/** A scale is kept until its highest value falls below this share of it: it must not breathe with every reading. */
const KEEP_ABOVE = 0.5

export interface ValueAxis {
  readonly max: number
  readonly ticks: readonly number[]
}

/** A scale from 0 to a round number above `highest`; the one before is kept while it fits. */
export function toValueAxis(highest: number, before?: ValueAxis): ValueAxis {
  if (before && highest <= before.max && highest >= before.max * KEEP_ABOVE) return before
  const wanted = Math.max(highest * 1.05, TICKS) / TICKS
  const power = 10 ** Math.floor(Math.log10(wanted))
  const step = power * (STEPS.find((candidate) => candidate * power >= wanted) ?? 10)
  const count = Math.max(1, Math.ceil((highest * 1.02) / step))
  return { max: count * step, ticks: Array.from({ length: count + 1 }, (_, index) => index * step) }
}
