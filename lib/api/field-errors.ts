import type { z } from 'zod'
import type { FieldError } from '../protocol/problem.ts'

/** The fields that a schema found wrong; `at` is where the value stands that was read by it. */
export function toFieldErrors(error: z.ZodError, at: readonly PropertyKey[] = []): FieldError[] {
  return error.issues.flatMap((issue) => {
    const path = [...at, ...issue.path]
    if (issue.code !== 'unrecognized_keys') return { field: formatPath(path), message: issue.message }
    return issue.keys.map((key) => ({
      field: formatPath([...path, key]),
      message: 'is no field here: leave it out',
    }))
  })
}

/** A path as JavaScript writes it: `[3].pm25`. Of the whole body it is `body`. */
function formatPath(path: readonly PropertyKey[]): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('')
  return text.replace(/^\./, '') || 'body'
}
