'use client'

import { ReadingsCharts } from '../sensors/readings-charts.tsx'
import { useAlertMarks } from './use-alert-marks.ts'

/** The charts with the limits of the rules, and with the times when their alerts were firing. */
export function WatchedCharts() {
  return <ReadingsCharts marks={useAlertMarks()} />
}
