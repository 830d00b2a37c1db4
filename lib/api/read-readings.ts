import { type FieldError, problem } from '../protocol/problem.ts'
import { toFieldErrors } from './field-errors.ts'
import { MAX_READINGS, type ReadingBody, readingSchema } from './reading.ts'

/** Bad fields that are told; who sends thousands has one thing wrong in all of them. */
const MAX_ERRORS = 20

/** The readings of a JSON text, or why they are none. */
export function readReadings(json: string): readonly ReadingBody[] | Response {
  let body: unknown
  try {
    body = JSON.parse(json)
  } catch {
    return problem(400, 'The body is not JSON.', [
      { field: 'body', message: 'must be a reading, or an array of readings, as JSON' },
    ])
  }
  if (!Array.isArray(body)) return check([body], () => [])
  // Counted first: of a million wrong readings nobody needs to be told each.
  if (body.length === 0 || body.length > MAX_READINGS) {
    const message = `must hold 1 to ${MAX_READINGS} readings, and holds ${body.length}`
    return unlike([{ field: 'body', message }])
  }
  return check(body, (index) => [index])
}

function check(
  body: readonly unknown[],
  place: (index: number) => readonly number[],
): readonly ReadingBody[] | Response {
  const readings: ReadingBody[] = []
  const errors: FieldError[] = []
  for (const [index, one] of body.entries()) {
    const { data, error } = readingSchema.safeParse(one)
    if (data) readings.push(data)
    else errors.push(...toFieldErrors(error, place(index)).slice(0, MAX_ERRORS))
    if (errors.length >= MAX_ERRORS) break
  }
  return errors.length > 0 ? unlike(errors.slice(0, MAX_ERRORS)) : readings
}

const unlike = (errors: readonly FieldError[]) =>
  problem(422, 'The body is not as described, and nothing is stored.', errors)
