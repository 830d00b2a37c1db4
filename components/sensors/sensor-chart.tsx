'use client'

import { Table2 } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useId, useState } from 'react'
import { persistently } from '../../lib/browser/persistently.ts'
import type { Metric } from '../../lib/readings/air-quality.ts'
import type { ChartMark } from '../charts/chart-marks.tsx'
import { useChartFrame } from '../live/use-chart-frame.ts'
import { Button } from '../ui/button.tsx'
import { useElementSize } from '../ui/use-element-size.ts'
import { ChartSentence } from './chart-sentence.tsx'
import { SensorPlot, type SharedTime } from './sensor-plot.tsx'

const ReadingsTable = dynamic(
  async () => (await persistently(() => import('./readings-table.tsx'))).ReadingsTable,
  { ssr: false },
)

const NO_MARKS: readonly ChartMark[] = []

export interface SensorChartProps {
  readonly metric: Metric
  /** Such as `PM2.5`. */
  readonly name: string
  readonly windowS: number
  /** Where a standing chart ends, in Unix seconds; undefined for one that ends now. */
  readonly atS: number | undefined
  /** False until there are rows to draw. */
  readonly ready: boolean
  readonly outOfDate: boolean
  readonly time: SharedTime
  /** Stretches and levels to be marked, such as those of alerts. */
  readonly marks?: readonly ChartMark[]
}

/** The readings of the sensors over time, with the worst one or the chosen one standing out. */
export function SensorChart(props: SensorChartProps) {
  const { metric, name, windowS, atS, ready, outOfDate, time, marks = NO_MARKS } = props
  const id = useId()
  const title = `${name} over time`
  const [ref, { width, height }] = useElementSize()
  const [isTable, setTable] = useState(false)
  const picture = useChartFrame({ metric, windowS, atS, width, height })
  const frame = picture?.frame
  const isFitting = frame?.width === width && frame.height === height
  return (
    <figure
      aria-labelledby={id}
      aria-describedby={`${id}-sentence`}
      data-chart={metric}
      data-from={frame?.fromS}
      data-to={frame?.toS}
      className="flex min-w-0 flex-1 flex-col"
    >
      <div className="mb-2 flex items-baseline gap-2 px-5">
        <h2 id={id} className="font-semibold text-[0.9375rem]">
          {title}
        </h2>
        <span className="text-muted text-xs">µg/m³</span>
        {frame && frame.hidden > 0 && (
          <span className="ml-auto text-muted text-xs">the {frame.lines.length} highest sensors now</span>
        )}
      </div>
      <div ref={ref} className="chart-height relative mx-3 grow" data-out-of-date={outOfDate}>
        {/* Out of the flow: the room is measured, and the picture must not hold it open. While the room becomes another
            one the picture stays until the one that fits is there: nothing blinks. */}
        <div className={`absolute inset-0 ${isFitting ? '' : 'overflow-hidden'}`}>
          {ready && picture ? (
            <SensorPlot
              title={title}
              frame={picture.frame}
              silent={picture.silent}
              marks={marks}
              outOfDate={outOfDate}
              time={time}
            />
          ) : (
            <div className="skeleton mx-2 h-full" />
          )}
        </div>
      </div>
      <div className="mt-1.5 flex items-start justify-between gap-4 px-5">
        <ChartSentence
          id={`${id}-sentence`}
          metric={metric}
          name={name}
          frame={ready ? frame : undefined}
          isStanding={atS !== undefined}
        />
        <Button
          look="quiet"
          className="-mr-2.5 kiosk:lg:hidden"
          aria-label={`${isTable ? 'Hide table' : 'Show as table'}: ${title}`}
          aria-expanded={isTable}
          aria-controls={isTable ? `${id}-table` : undefined}
          onClick={() => setTable(!isTable)}
        >
          <Table2 aria-hidden="true" />
          {isTable ? 'Hide table' : 'Show as table'}
        </Button>
      </div>
      {isTable && frame && (
        <ReadingsTable
          id={`${id}-table`}
          metric={metric}
          title={title}
          frame={frame}
          isStanding={atS !== undefined}
        />
      )}
    </figure>
  )
}
