import { z } from 'zod'
import { PROBLEM_TITLES, type ProblemStatus } from './problem-titles.js'

export const fieldErrorSchema = z.object({ field: z.string(), message: z.string() })

/** One bad field of a request: which, and what is wrong with it and how to mend it. */
export type FieldError = Readonly<z.infer<typeof fieldErrorSchema>>

export const problemSchema = z.object({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z.array(fieldErrorSchema).optional(),
})

export type Problem = z.infer<typeof problemSchema>

export const PROBLEM_TYPE = 'application/problem+json'

/** An error answer as RFC 9457 describes it. `detail` is for people: never a stack, never SQL. */
export function problem(
  status: ProblemStatus,
  detail: string,
  errors?: readonly FieldError[],
  headers?: Readonly<Record<string, string>>,
): Response {
  const title = PROBLEM_TITLES[status]
  const body = {
    type: 'about:blank',
    title,
    status,
    detail,
    ...(errors && { errors: [...errors] }),
  } satisfies Problem
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': PROBLEM_TYPE, 'Cache-Control': 'no-store', ...headers },
  })
}

/** The answer of a route that needs the database while it does not answer. */
export function databaseDown(): Response {
  return problem(503, 'The database does not answer. Try again in a moment.', undefined, {
    'Retry-After': '2',
  })
}
