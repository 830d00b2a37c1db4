'use client'

import { useQueryStates } from 'nuqs'
import { useCallback, useMemo } from 'react'
import { MAX_WINDOW_S, MIN_WINDOW_S, viewParams } from './view-params.ts'

export interface TimeView {
  readonly windowS: number
  /** Where the charts end, in Unix seconds of the server; undefined: now, and they move on. */
  readonly atS: number | undefined
  /** True while the reader has stopped the charts. The streams go on, and so does all else. */
  readonly isPaused: boolean
  readonly setWindow: (windowS: number) => void
  /** Stops the charts at a time. */
  readonly pauseAt: (atS: number) => void
  readonly resume: () => void
  /** Shows exactly this range, and stops there. */
  readonly zoomTo: (fromS: number, toS: number) => void
}

/** Finer than a pixel in any window, and still short in the address. */
const toHundredths = (s: number) => Math.round(s * 100) / 100

/** Which stretch of time the charts show; kept in the address, so that it can be sent to a colleague. */
export function useTimeView(): TimeView {
  const [{ window: windowS, at }, set] = useQueryStates(
    { window: viewParams.window, at: viewParams.at },
    { history: 'replace' },
  )
  const setWindow = useCallback((seconds: number) => void set({ window: seconds }), [set])
  const pauseAt = useCallback((atS: number) => void set({ at: toHundredths(atS) }), [set])
  const resume = useCallback(() => void set({ at: null }), [set])
  const zoomTo = useCallback(
    (fromS: number, toS: number) => {
      const seconds = Math.min(MAX_WINDOW_S, Math.max(MIN_WINDOW_S, Math.round(toS - fromS)))
      void set({ window: seconds, at: toHundredths(toS) })
    },
    [set],
  )
  return useMemo(
    () => ({
      windowS,
      atS: at ?? undefined,
      isPaused: at !== null,
      setWindow,
      pauseAt,
      resume,
      zoomTo,
    }),
    [windowS, at, setWindow, pauseAt, resume, zoomTo],
  )
}
