import * as z from 'zod/mini'
import type { Metric } from '../readings/air-quality.ts'
import type { Reading } from '../readings/reading.ts'

export const MAX_FOR_S = 600
export const MAX_THRESHOLD = 10_000
export const COMPARISONS = ['>', '>=', '<', '<='] as const

export const alertRuleSchema = z.object({
  id: z.string().check(z.minLength(1), z.maxLength(64)),
  metric: z.enum(['pm25', 'pm10']),
  comparison: z.enum(COMPARISONS),
  /** In µg/m³. */
  threshold: z.number().check(z.minimum(0), z.maximum(MAX_THRESHOLD)),
  /** How long it has to hold before the alert fires, in seconds. */
  forS: z.int().check(z.minimum(0), z.maximum(MAX_FOR_S)),
  /** The sensors it is about; without them it is about any. */
  sensors: z.optional(z.array(z.int()).check(z.minLength(1), z.maxLength(24))),
  isOn: z.boolean(),
  /** Readings before this time, in Unix seconds, do not count: it is when the rule was made. */
  sinceS: z.number(),
})

/** What a reader wants to be told: `PM2.5 > 55 for 60 s`. */
export type AlertRule = z.infer<typeof alertRuleSchema>

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
