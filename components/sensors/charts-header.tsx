'use client'

import type { RefObject } from 'react'
import type { TimeRange } from '../../lib/readings/line.ts'
import { heldFrom } from '../../lib/readings/look-back.ts'
import { rangeInWords } from '../charts/time-axis.ts'
import { TimeToolbar } from '../charts/time-toolbar.tsx'
import type { LookBack } from '../live/use-look-back.ts'
import { useNow } from '../live/use-now.ts'
import { useReadingsPart } from '../live/use-readings-part.ts'
import { Segmented } from '../ui/segmented.tsx'
import { MAX_WINDOW_S, MIN_WINDOW_S, WINDOWS } from '../view/view-params.ts'
import { ExportMenu } from './export-menu.tsx'

const OPTIONS = WINDOWS.map(({ value, label }) => ({ value: String(value), label }))

interface ChartsHeaderProps {
  readonly lookBack: LookBack
  readonly pauseRef: RefObject<HTMLButtonElement | null>
  /** The stretch of time that is shown now. */
  readonly shown: () => TimeRange
}

/** Which time the charts show, and what can be done to it. */
export function ChartsHeader({ lookBack, pauseRef, shown }: ChartsHeaderProps) {
  const { windowS, isPaused, togglePause, setWindow, shift, zoom } = lookBack
  return (
    <div className="mb-1 flex flex-wrap items-center gap-x-4 gap-y-2 px-5">
      <TimeToolbar
        isPaused={isPaused}
        pauseRef={pauseRef}
        canGoBack={useCanGoBack(lookBack)}
        canZoomIn={isPaused ? windowS > MIN_WINDOW_S : windowS > WINDOWS[0].value}
        canZoomOut={windowS < MAX_WINDOW_S}
        onTogglePause={togglePause}
        onShift={shift}
        onZoom={zoom}
      />
      <ShownTime shown={shown} />
      <div className="ml-auto flex flex-wrap items-center gap-2">
        <Segmented
          name="Time window"
          options={OPTIONS}
          value={String(windowS)}
          onChange={(value) => setWindow(Number(value))}
        />
        <ExportMenu range={shown} />
      </div>
    </div>
  )
}

/** A second of grace: what is held moves on while one looks. */
function useCanGoBack({ atS, windowS }: LookBack): boolean {
  const now = useNow()
  return useReadingsPart(({ view, clockOffsetMs }) => {
    const toS = atS ?? ((now ?? 0) + clockOffsetMs) / 1000
    return toS - windowS > (heldFrom(view) ?? toS) + 1
  })
}

/** The stretch of time in words. It moves on each second; nobody is told of it unasked. */
function ShownTime({ shown }: { shown: () => TimeRange }) {
  const now = useNow()
  if (now === undefined) return null
  const { fromS, toS } = shown()
  return (
    <p data-shown-time="true" className="whitespace-nowrap text-muted text-xs tabular-nums">
      {rangeInWords(fromS, toS, now / 1000)}
    </p>
  )
}
