import { z } from 'zod'

export const fieldErrorSchema = z.object({ field: z.string(), message: z.string() })

/** One bad field of a request: which, and what is wrong with it and how to mend it. */
export type FieldError = Readonly<z.infer<typeof fieldErrorSchema>>

const TITLES = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'No such method',
  // Those of 408, 414, 421 and 431 are said before a route is asked (lib/access/answer.js).
  408: 'Too slow',
  413: 'Too large',
  414: 'Address too long',
  415: 'Not this type',
  421: 'Misdirected request',
  422: 'Not as described',
  429: 'Too many requests',
  431: 'Headers too large',
  500: 'A fault of the server',
  503: 'Not available',
} as const

export type ProblemStatus = keyof typeof TITLES

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
  const title = TITLES[status]
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
