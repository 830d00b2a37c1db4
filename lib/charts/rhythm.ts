/** How regularly something comes, in the unit of its times. */
export interface Rhythm {
  /** The usual step, of what comes so regularly that one missing step can be told; else undefined. */
  readonly usual: number | undefined
  /** What is further apart than this is not joined by a line. */
  readonly gap: number
}

/** A line breaks when more than three steps in a row are missing; what is late gets half a step of grace. */
export const GAP_STEPS = 4.5

/** The usual time between two neighbours of some times in their order; undefined where fewer steps than `least` tell it. */
export function usualStep(times: readonly number[], least: number): number | undefined {
  const steps: number[] = []
  for (const [index, t] of times.entries()) {
    const step = t - (times[index - 1] ?? t)
    if (step > 0) steps.push(step)
  }
  return steps.length < least ? undefined : steps.sort((a, b) => a - b)[steps.length >> 1]
}
