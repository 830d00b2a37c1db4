import { type AlertRule, COMPARISONS, MAX_FOR_S, MAX_THRESHOLD } from './rule.ts'

/** A rule as a form holds it: all of it text, right or wrong. */
export interface RuleDraft {
  readonly metric: AlertRule['metric']
  readonly comparison: AlertRule['comparison']
  readonly threshold: string
  readonly forS: string
  readonly scope: 'any' | 'selected' | 'one'
  readonly sensor: string
}

export type DraftField = 'threshold' | 'forS' | 'sensor'
export type DraftErrors = Readonly<Partial<Record<DraftField, string>>>

export const NEW_DRAFT: RuleDraft = {
  metric: 'pm25',
  comparison: COMPARISONS[0],
  threshold: '55',
  forS: '60',
  scope: 'any',
  sensor: '',
}

/** A number as people write it: with a point or a comma. */
const toNumber = (text: string): number => (text.trim() === '' ? NaN : Number(text.trim().replace(',', '.')))

/** What is wrong with a draft, each in words that say how to mend it; empty where nothing is. */
export function errorsOf({ threshold, forS, scope, sensor }: RuleDraft): DraftErrors {
  const limit = toNumber(threshold)
  const seconds = toNumber(forS)
  const isLimit = limit >= 0 && limit <= MAX_THRESHOLD
  const isDuration = Number.isInteger(seconds) && seconds >= 0 && seconds <= MAX_FOR_S
  return {
    ...(!isLimit && { threshold: `Give a limit in µg/m³ from 0 to ${MAX_THRESHOLD}.` }),
    ...(!isDuration && { forS: `Give whole seconds from 0 to ${MAX_FOR_S}.` }),
    ...(scope === 'one' &&
      !/^\s*\d{1,9}\s*$/.test(sensor) && { sensor: 'Give the number of a sensor, such as 7.' }),
  }
}

/** The rule that a draft without errors means. */
export function toRule(
  draft: RuleDraft,
  { id, sinceS, selected }: { id: string; sinceS: number; selected: readonly number[] },
): AlertRule {
  const { metric, comparison, threshold, forS, scope, sensor } = draft
  const rule = {
    id,
    metric,
    comparison,
    threshold: toNumber(threshold),
    forS: toNumber(forS),
    isOn: true,
    sinceS,
  }
  if (scope === 'one') return { ...rule, sensors: [Number(sensor)] }
  return scope === 'selected' && selected.length > 0 ? { ...rule, sensors: [...selected] } : rule
}
