/** One bad field of a request: which, and what is wrong with it and how to mend it. */
export interface FieldError {
  readonly field: string
  readonly message: string
}

const TITLES = {
  400: 'Bad request',
  403: 'Not allowed',
  404: 'Not found',
  413: 'Too large',
  503: 'Not available',
} as const

export type ProblemStatus = keyof typeof TITLES

/** An error answer as RFC 9457 describes it. `detail` is for people: never a stack, never SQL. */
export function problem(status: ProblemStatus, detail: string, errors?: readonly FieldError[]): Response {
  const body = { type: 'about:blank', title: TITLES[status], status, detail, ...(errors && { errors }) }
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' },
  })
}

/** The answer of a route that needs the database while it does not answer. */
export function databaseDown(): Response {
  return problem(503, 'The database does not answer. Try again in a moment.')
}
