'use client'

import { useCallback, useMemo, useState } from 'react'
import type { TimeRange } from '../../lib/readings/line.ts'
import { between, heldFrom, type Reach, shifted, within, zoomed } from '../../lib/readings/look-back.ts'
import { useTimeView } from '../view/use-time-view.ts'
import { MAX_WINDOW_S, MIN_WINDOW_S, WINDOWS } from '../view/view-params.ts'
import { useLive } from './live-provider.tsx'
import { serverNowS } from './server-now.ts'

export interface LookBack {
  readonly windowS: number
  readonly atS: number | undefined
  readonly isPaused: boolean
  /** Readings later than this have come while the charts stood. */
  readonly pausedSinceS: number | undefined
  /** Back to now, where the charts move. */
  readonly resume: () => void
  readonly togglePause: () => void
  readonly setWindow: (windowS: number) => void
  /** Shows the stretch between two times. */
  readonly show: (aS: number, bS: number) => void
  /** Moves what is shown by a share of its width. */
  readonly shift: (share: number) => void
  /** Shows less (a factor below 1) or more time about a moment, or about the middle. */
  readonly zoom: (factor: number, aboutS?: number) => void
}

/** Pausing, looking back and zooming, within what is held. The streams go on meanwhile, and nothing is lost. */
export function useLookBack(): LookBack {
  const { readings } = useLive()
  const { windowS, atS, isPaused, setWindow, pauseAt, resume, zoomTo } = useTimeView()
  const [pausedSinceS, setPausedSince] = useState(atS)

  // An address that is opened paused, or that the reader went back to, has no moment but its own.
  if (isPaused && pausedSinceS === undefined) setPausedSince(atS)
  if (!isPaused && pausedSinceS !== undefined) setPausedSince(undefined)

  const now = useCallback(() => serverNowS(readings.getState()), [readings])
  const reach = useCallback((): Reach => {
    const toS = now()
    const fromS = heldFrom(readings.getState().view) ?? toS
    return { fromS: Math.min(fromS, atS ?? toS), toS, minS: MIN_WINDOW_S, maxS: MAX_WINDOW_S }
  }, [readings, now, atS])
  const shown = useCallback((): TimeRange => {
    const toS = atS ?? now()
    return { fromS: toS - windowS, toS }
  }, [atS, now, windowS])
  const stopAt = useCallback(
    ({ fromS, toS }: TimeRange) => {
      if (!isPaused) setPausedSince(now())
      zoomTo(fromS, toS)
    },
    [isPaused, now, zoomTo],
  )

  const togglePause = useCallback(() => {
    if (isPaused) {
      resume()
      return
    }
    setPausedSince(now())
    pauseAt(now())
  }, [isPaused, resume, pauseAt, now])
  const show = useCallback((aS: number, bS: number) => stopAt(between(aS, bS, reach())), [stopAt, reach])
  const shift = useCallback(
    (share: number) => {
      // Later than now there is nothing, and moving charts show now.
      if (share > 0 && !isPaused) return
      stopAt(shifted(shown(), share * windowS, reach()))
    },
    [isPaused, stopAt, shown, windowS, reach],
  )
  const zoom = useCallback(
    (factor: number, aboutS?: number) => {
      const range = shown()
      if (isPaused || aboutS !== undefined) {
        stopAt(zoomed(range, factor, aboutS ?? (range.fromS + range.toS) / 2, reach()))
        return
      }
      // Moving charts stay with now, and have the widths that have a button.
      const widths = WINDOWS.map(({ value }) => value)
      const next = factor > 1 ? widths.find((w) => w > windowS) : widths.findLast((w) => w < windowS)
      if (next) setWindow(next)
    },
    [isPaused, shown, stopAt, reach, windowS, setWindow],
  )
  const changeWindow = useCallback(
    (seconds: number) => {
      if (atS === undefined) setWindow(seconds)
      else stopAt(within({ fromS: atS - seconds, toS: atS }, reach()))
    },
    [atS, setWindow, stopAt, reach],
  )
  return useMemo(
    () => ({
      windowS,
      atS,
      isPaused,
      pausedSinceS,
      resume,
      togglePause,
      setWindow: changeWindow,
      show,
      shift,
      zoom,
    }),
    [windowS, atS, isPaused, pausedSinceS, resume, togglePause, changeWindow, show, shift, zoom],
  )
}
