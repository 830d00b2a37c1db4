'use client'

import { type Overview, toOverview } from '../../lib/readings/overview.ts'
import type { ReadingsState } from './source.ts'
import { useNow } from './use-now.ts'
import { useReadings } from './use-relation.ts'

/** Above so many sensors the overview follows at half a second: making it takes time. */
const MANY = 500
const MANY_INTERVAL_MS = 500

interface Made {
  readonly state: ReadingsState
  readonly tickMs: number
  readonly madeMs: number
  readonly overview: Overview
}

/** All who ask on one page are given the same. */
let made: Made | undefined

/** All that is said about the sensors now; undefined until their rows have come. */
export function useOverview(): Overview | undefined {
  const state = useReadings()
  const now = useNow()
  return state.ready && now !== undefined ? overviewOf(state, now) : undefined
}

function overviewOf(state: ReadingsState, tickMs: number): Overview {
  const { view, asOfMs, clockOffsetMs } = state
  // Rows may come between two ticks: the present is never before them.
  const madeMs = Math.max(tickMs, Date.now())
  if (made && made.tickMs === tickMs) {
    if (made.state === state) return made.overview
    if (view.sensors.length > MANY && madeMs - made.madeMs < MANY_INTERVAL_MS) return made.overview
  }
  const nowS = (madeMs + clockOffsetMs) / 1000
  const asOfS = Math.min(nowS, (asOfMs ?? Number.POSITIVE_INFINITY) / 1000)
  const { sensors, delay, perSecondAt } = view
  const overview = toOverview({ sensors, perSecond: perSecondAt(asOfS), delay }, nowS, asOfS)
  made = { state, tickMs, madeMs, overview }
  return overview
}
