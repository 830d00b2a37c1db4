'use client'

import { useMemo } from 'react'
import type { Metric } from '../../lib/readings/air-quality.ts'
import { tableStepS, toBandTable, toChartTable } from '../../lib/readings/chart-table.ts'
import type { ChartFrame } from '../charts/chart-frame.ts'
import { DataTable } from '../charts/data-table.tsx'
import { useLive } from '../live/live-provider.tsx'
import { useSelection } from '../view/use-selection.ts'
import { useSteady } from './use-steady.ts'

interface ReadingsTableProps {
  readonly id: string
  readonly metric: Metric
  readonly title: string
  readonly frame: ChartFrame
  readonly isStanding: boolean
}

/** What a chart shows as a table: of the selected sensors, else of all. */
export function ReadingsTable({ id, metric, title, frame, isStanding }: ReadingsTableProps) {
  const { readings } = useLive()
  const { ids } = useSelection()
  const range = useSteady(frame, tableStepS(frame), isStanding) ?? frame
  const table = useMemo(() => {
    const { lines, band } = readings.getState().view
    const isSelected = lines.some(({ id }) => ids.has(id))
    if (band && !isSelected) return toBandTable(band, metric, range)
    return toChartTable(lines, metric, range, isSelected ? ids : undefined)
  }, [readings, metric, range, ids])
  return <DataTable id={id} metric={metric} title={title} table={table} />
}
