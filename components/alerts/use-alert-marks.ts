'use client'

import { useMemo } from 'react'
import type { Alert } from '../../lib/alerts/alert.ts'
import { type AlertRule, ruleInWords } from '../../lib/alerts/rule.ts'
import type { Metric } from '../../lib/readings/air-quality.ts'
import type { ChartMark } from '../charts/chart-marks.tsx'
import { useAlerts } from './alerts.ts'

/** More would hide the lines. */
const MAX_STRETCHES = 8

/** When alerts were firing, as stretches of a chart, and the limits of the rules as levels. */
export function useAlertMarks(): Record<Metric, readonly ChartMark[]> {
  const { rules, alerts } = useAlerts()
  return useMemo(
    () => ({ pm25: toMarks('pm25', rules, alerts), pm10: toMarks('pm10', rules, alerts) }),
    [rules, alerts],
  )
}

function toMarks(metric: Metric, rules: readonly AlertRule[], alerts: readonly Alert[]): ChartMark[] {
  const levels = rules
    .filter((rule) => rule.isOn && rule.metric === metric)
    .map((rule) => ({
      kind: 'level' as const,
      key: rule.id,
      value: rule.threshold,
      label: ruleInWords(rule),
    }))
  const stretches = alerts
    .filter((alert) => alert.metric === metric)
    .slice(0, MAX_STRETCHES)
    .map(({ ruleId, sensorId, fromS, toS }) => ({
      kind: 'stretch' as const,
      key: `${ruleId} ${sensorId} ${fromS}`,
      fromS,
      toS,
      label: `Sensor ${sensorId}`,
    }))
  return [...levels, ...stretches]
}
