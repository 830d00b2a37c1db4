import { problem } from '../protocol/problem.ts'

const refuse = (allowed: string) => () =>
  problem(405, `This path takes ${allowed}.`, undefined, { Allow: allowed })

/** The answer to other methods of a path that is only read. */
export const onlyRead = refuse('GET, HEAD')

/** The answer to other methods of a path that is read and written. */
export const onlyReadAndPost = refuse('GET, HEAD, POST')
