import type { Metric } from '../readings/air-quality.ts'
import type { Reading } from '../readings/reading.ts'

export const MAX_RULES = 20
export const MAX_SENSORS = 24
export const MAX_FOR_S = 600
export const MAX_THRESHOLD = 10_000
export const COMPARISONS = ['>', '>=', '<', '<='] as const

/** What a reader wants to be told: `PM2.5 > 55 for 60 s`. */
export interface AlertRule {
  readonly id: string
  readonly metric: Metric
  readonly comparison: (typeof COMPARISONS)[number]
  /** In µg/m³. */
  readonly threshold: number
  /** How long it has to hold before the alert fires, in whole seconds. */
  readonly forS: number
  /** The sensors it is about; without them it is about any. */
  readonly sensors?: readonly number[] | undefined
  readonly isOn: boolean
  /** Readings before this time, in Unix seconds, do not count: it is when the rule was made. */
  readonly sinceS: number
}

const METRIC_NAMES: Readonly<Record<Metric, string>> = { pm25: 'PM2.5', pm10: 'PM10' }
const SIGNS: Readonly<Record<AlertRule['comparison'], string>> = { '>': '>', '>=': '≥', '<': '<', '<=': '≤' }

/** The rule as a line: `PM2.5 > 55 for 60 s`. */
export function ruleInWords({ metric, comparison, threshold, forS }: AlertRule): string {
  const what = `${METRIC_NAMES[metric]} ${SIGNS[comparison]} ${threshold}`
  return forS === 0 ? what : `${what} for ${forS} s`
}

/** Which sensors the rule is about, in words. */
export function scopeInWords({ sensors }: AlertRule): string {
  if (!sensors) return 'any sensor'
  return sensors.length === 1 ? `sensor ${sensors[0]}` : `sensors ${sensors.join(', ')}`
}

/** Whether the rule is about a sensor. */
export function isAbout({ sensors, isOn }: AlertRule, sensorId: number): boolean {
  return isOn && (sensors?.includes(sensorId) ?? true)
}

/** Whether a reading meets the condition; undefined where it says nothing about it. */
export function meets(
  { metric, comparison, threshold, sinceS }: AlertRule,
  reading: Reading,
): boolean | undefined {
  const value = reading[metric]
  if (value === null || reading.timestamp < sinceS) return undefined
  switch (comparison) {
    case '>':
      return value > threshold
    case '>=':
      return value >= threshold
    case '<':
      return value < threshold
    case '<=':
      return value <= threshold
    default:
      return comparison satisfies never
  }
}
