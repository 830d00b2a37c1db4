import type { Alert } from './alert.ts'
import type { AlertChange } from './engine.ts'
import { type AlertRule, ruleInWords } from './rule.ts'

/** So many alerts that have ended are kept, */
export const MAX_ENDED = 200
/** and so many that are firing. */
const MAX_FIRING = 1_000

/**
 * Alerts with changes applied, the newest first. Several tabs tell the same changes, each once it has seen them: what
 * is told twice is there once. `raised` are those that nobody had told before and that are firing still.
 */
export function applyChanges(
  alerts: readonly Alert[],
  changes: readonly AlertChange[],
  rules: readonly AlertRule[],
): { alerts: readonly Alert[]; raised: readonly Alert[] } {
  let next = [...alerts]
  const raised: Alert[] = []
  for (const { ruleId, sensorId, before, after } of changes) {
    const rule = rules.find(({ id }) => id === ruleId)
    if (!rule) continue
    if (!after) {
      next = next.filter((alert) => !(isOf(alert, ruleId, sensorId) && alert.fromS === before?.fromS))
      continue
    }
    const index = next.findIndex((alert) => isOf(alert, ruleId, sensorId) && overlaps(alert, after))
    const there = next[index]
    if (there) {
      // A tab that has seen less may think that it began later, or not know yet that it has ended.
      const fromS = Math.min(there.fromS, after.fromS)
      next[index] = { ...there, fromS, toS: after.toS ?? (before ? undefined : there.toS) }
      continue
    }
    const { metric, threshold } = rule
    const { fromS, firedS, toS } = after
    const alert = { ruleId, sensorId, words: ruleInWords(rule), metric, threshold, fromS, firedS, toS }
    next.unshift(alert)
    if (toS === undefined) raised.push(alert)
  }
  return { alerts: trim(next), raised }
}

/** Ends what a rule has begun: it is switched off, or gone. */
export function endAlerts(alerts: readonly Alert[], ruleId: string, atS: number): readonly Alert[] {
  return alerts.map((alert) =>
    alert.ruleId === ruleId && alert.toS === undefined
      ? { ...alert, toS: Math.max(atS, alert.firedS) }
      : alert,
  )
}

function trim(alerts: readonly Alert[]): readonly Alert[] {
  const newest = [...alerts].sort((a, b) => b.firedS - a.firedS)
  let firing = 0
  let ended = 0
  return newest.filter(({ toS }) => (toS === undefined ? ++firing <= MAX_FIRING : ++ended <= MAX_ENDED))
}

const isOf = (alert: Alert, ruleId: string, sensorId: number): boolean =>
  alert.ruleId === ruleId && alert.sensorId === sensorId

const overlaps = (
  a: { fromS: number; toS?: number | undefined },
  b: { fromS: number; toS?: number | undefined },
) => a.fromS <= (b.toS ?? Infinity) && b.fromS < (a.toS ?? Infinity)
