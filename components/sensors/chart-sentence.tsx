'use client'

import { useMemo } from 'react'
import type { Metric } from '../../lib/readings/air-quality.ts'
import { summaryInWords, toBandSummary, toSummary } from '../../lib/readings/summary.ts'
import type { ChartFrame } from '../charts/chart-frame.ts'
import { clockTime, rangeInWords } from '../charts/time-axis.ts'
import { useLive } from '../live/live-provider.tsx'
import { formatConcentration, formatCount } from '../ui/number.ts'
import { WINDOWS } from '../view/view-params.ts'
import { useSteady } from './use-steady.ts'

/** A sentence that changes more often cannot be read. */
const STEP_S = 10

interface ChartSentenceProps {
  readonly id: string
  readonly metric: Metric
  readonly name: string
  readonly frame: ChartFrame | undefined
  readonly isStanding: boolean
}

/** What a chart shows in one sentence, for who cannot see it and for who has a second. */
export function ChartSentence({ id, metric, name, frame, isStanding }: ChartSentenceProps) {
  const { readings } = useLive()
  const range = useSteady(frame, STEP_S, isStanding)
  const sentence = useMemo(() => {
    if (!range) return 'The chart is loading.'
    const { fromS, toS } = range
    const windowS = Math.round(toS - fromS)
    const words = WINDOWS.find(({ value }) => value === windowS)?.name ?? `${windowS} seconds`
    const when = isStanding ? `from ${rangeInWords(fromS, toS, Date.now() / 1000)}` : `over the last ${words}`
    const { lines, band, sensors } = readings.getState().view
    const summary = band
      ? toBandSummary(band, sensors.length, metric, range)
      : toSummary(lines, metric, range)
    return summaryInWords(summary, {
      name,
      when,
      number: formatConcentration,
      count: formatCount,
      time: clockTime,
    })
  }, [readings, metric, name, range, isStanding])
  return (
    <p id={id} className="min-h-8 max-w-[110ch] text-muted text-xs">
      {sentence}
    </p>
  )
}
