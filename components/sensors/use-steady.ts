'use client'

import { useState } from 'react'
import type { TimeRange } from '../../lib/readings/line.ts'

/**
 * A stretch of time that follows a moving one in steps of so many seconds, and at once where the reader has moved it:
 * what is made of it can be read, and changes when the step is over. One that stands is followed with each picture.
 */
export function useSteady(
  range: TimeRange | undefined,
  stepS: number,
  isStanding: boolean,
): TimeRange | undefined {
  const [held, setHeld] = useState(range)
  if (isStanding) return range
  if (range && isNew(held, range, stepS)) {
    setHeld(range)
    return range
  }
  return held
}

function isNew(held: TimeRange | undefined, { fromS, toS }: TimeRange, stepS: number): boolean {
  if (!held) return true
  const isMoved = Math.abs(held.toS - held.fromS - (toS - fromS)) > 1e-3 || toS < held.toS
  return isMoved || Math.floor(toS / stepS) !== Math.floor(held.toS / stepS)
}
