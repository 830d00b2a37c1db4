import type { Alert } from './alert.ts'
import { type AlertRule, COMPARISONS, MAX_FOR_S, MAX_RULES, MAX_SENSORS, MAX_THRESHOLD } from './rule.ts'

const MAX_ID_LENGTH = 64
const MAX_WORDS_LENGTH = 200
const METRICS: readonly unknown[] = ['pm25', 'pm10']

/** All that a browser keeps of its alerts. */
export interface AlertPages {
  readonly version: 1
  readonly rules: readonly AlertRule[]
  /** The newest first. */
  readonly alerts: readonly Alert[]
  /** The reader wants notifications. */
  readonly notify: boolean
}

/**
 * What a browser has kept, checked field by field; undefined where any of it is not what this version writes. By hand,
 * as a library that checks schemas would be a tenth of all the script that a page waits for.
 */
export function decodePages(value: unknown): AlertPages | undefined {
  return isPages(value) ? value : undefined
}

function isPages(value: unknown): value is AlertPages {
  if (!isObject(value)) return false
  const { version, rules, alerts, notify } = value
  return (
    version === 1 &&
    Array.isArray(rules) &&
    rules.length <= MAX_RULES &&
    rules.every(isRule) &&
    Array.isArray(alerts) &&
    alerts.every(isAlert) &&
    typeof notify === 'boolean'
  )
}

export function isRule(value: unknown): value is AlertRule {
  if (!isObject(value)) return false
  const { id, metric, comparison, threshold, forS, sensors, isOn, sinceS } = value
  return (
    isText(id, MAX_ID_LENGTH) &&
    id !== '' &&
    METRICS.includes(metric) &&
    COMPARISONS.some((known) => known === comparison) &&
    isNumber(threshold, 0, MAX_THRESHOLD) &&
    isNumber(forS, 0, MAX_FOR_S) &&
    Number.isInteger(forS) &&
    (sensors === undefined || isSensors(sensors)) &&
    typeof isOn === 'boolean' &&
    isNumber(sinceS)
  )
}

function isAlert(value: unknown): value is Alert {
  if (!isObject(value)) return false
  const { ruleId, sensorId, words, metric, threshold, fromS, firedS, toS } = value
  return (
    isText(ruleId, MAX_ID_LENGTH) &&
    Number.isInteger(sensorId) &&
    isText(words, MAX_WORDS_LENGTH) &&
    METRICS.includes(metric) &&
    isNumber(threshold) &&
    isNumber(fromS) &&
    isNumber(firedS) &&
    (toS === undefined || isNumber(toS))
  )
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const isText = (value: unknown, maxLength: number): value is string =>
  typeof value === 'string' && value.length <= maxLength

const isNumber = (
  value: unknown,
  min = Number.NEGATIVE_INFINITY,
  max = Number.POSITIVE_INFINITY,
): value is number => typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max

const isSensors = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length >= 1 && value.length <= MAX_SENSORS && value.every(Number.isInteger)
