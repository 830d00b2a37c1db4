/** A stretch of readings that all meet a condition. Times in Unix seconds. */
export interface Run {
  readonly fromS: number
  /** When the condition had held for long enough; undefined until then. */
  readonly firedS: number | undefined
}

/** What a firing alert was: from the first reading that met the condition to the first that did not. */
export interface Episode {
  readonly fromS: number
  readonly firedS: number
  /** Undefined while it goes on. */
  readonly toS: number | undefined
}

/** One reading as a condition sees it. */
export interface Moment {
  readonly t: number
  /** True where nothing is known of the time just before: the reading before is too far away. */
  readonly afterGap: boolean
  /** Undefined where the reading has no such value: nothing is known of this moment either. */
  readonly meets: boolean | undefined
}

/**
 * Goes one reading further.
 *
 * Silence neither starts nor ends an alert: a pause, or a reading without the value, breaks a run that has not fired,
 * since nobody knows whether the condition held meanwhile, and a run that has fired goes on until a reading says that the condition is over.
 */
export function step(run: Run | undefined, { t, afterGap, meets }: Moment, forS: number): Run | undefined {
  if (meets === false) return undefined
  if (run?.firedS !== undefined) return run
  if (meets === undefined) return undefined
  const fromS = run === undefined || afterGap ? t : run.fromS
  return { fromS, firedS: t - fromS >= forS ? t : undefined }
}
