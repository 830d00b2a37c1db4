import type { Metric } from '../readings/air-quality.ts'

/** An alert that is firing, or has: the first reading that met the condition, and the first that did not any more. */
export interface Alert {
  readonly ruleId: string
  readonly sensorId: number
  /** The rule as it was, in words: the alert is told of even when its rule is gone. */
  readonly words: string
  readonly metric: Metric
  /** In µg/m³. */
  readonly threshold: number
  /** Times in Unix seconds. */
  readonly fromS: number
  readonly firedS: number
  readonly toS?: number | undefined
}

export function isFiring({ toS }: Alert): boolean {
  return toS === undefined
}
