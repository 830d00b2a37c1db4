import * as z from 'zod/mini'

export const alertSchema = z.object({
  ruleId: z.string(),
  sensorId: z.int(),
  /** The rule as it was, in words: the alert is told of even when its rule is gone. */
  words: z.string().check(z.maxLength(200)),
  metric: z.enum(['pm25', 'pm10']),
  threshold: z.number(),
  fromS: z.number(),
  firedS: z.number(),
  toS: z.optional(z.number()),
})

/** An alert that is firing, or has: the first reading that met the condition, and the first that did not any more. */
export type Alert = z.infer<typeof alertSchema>

export function isFiring({ toS }: Alert): boolean {
  return toS === undefined
}
