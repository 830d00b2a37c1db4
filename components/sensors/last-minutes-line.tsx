import { memo, useMemo } from 'react'
import { LAST_MINUTES_S, lastMinutes } from '../../lib/readings/last-minutes.ts'
import type { SensorSeries } from '../../lib/readings/sensor-series.ts'
import { Sparkline } from '../charts/sparkline.tsx'
import { formatConcentration } from '../ui/number.ts'

interface LastMinutesLineProps {
  /** The series grows in place: a later `toS` tells that there is something to draw. */
  readonly series: SensorSeries
  /** Unix seconds. */
  readonly toS: number
}

/** How PM2.5 went in the last minutes, as a line of one row's height. */
export const LastMinutesLine = memo(function LastMinutesLine({ series, toS }: LastMinutesLineProps) {
  const { points, min, max, lowest, highest } = useMemo(() => lastMinutes(series, 'pm25', toS), [series, toS])
  return (
    <>
      <Sparkline
        points={points}
        fromS={toS - LAST_MINUTES_S}
        toS={toS}
        min={min}
        max={max}
        gapS={LAST_MINUTES_S}
        look="quiet"
      />
      {lowest !== undefined && highest !== undefined && (
        <span className="sr-only">
          between {formatConcentration(lowest)} and {formatConcentration(highest)}
        </span>
      )}
    </>
  )
})
