import { problem } from '../protocol/problem.ts'

/** The answer of a path below `/api` that is none. */
export function noSuchPath(): Response {
  return problem(404, 'There is no such path: GET /api lists those there are.')
}
