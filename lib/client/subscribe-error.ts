import type { Refusal } from './refusal.ts'

/**
 * Why a stream can never be had, however often it is asked for:
 *
 * - `unfit`: the relation's name, the columns or a filter are not as the server takes them
 * - `signed-out`: the server wants another token
 * - `forbidden`: nobody may read the relation here
 * - `missing`: there is no such relation, or no such server
 * - `gone`: the relation was dropped while it was read
 * - `large`: it has more rows than a stream may carry
 * - `refused`: the server said something else that will not change
 */
export type SubscribeErrorCode =
  | 'unfit'
  | 'signed-out'
  | 'forbidden'
  | 'missing'
  | 'gone'
  | 'large'
  | 'refused'

/** The server will not give this stream. Its message is the server's own words. */
export class SubscribeError extends Error {
  override readonly name = 'SubscribeError'
  readonly code: SubscribeErrorCode
  /** Of the answer; undefined where the stream itself told. */
  readonly status: number | undefined

  constructor(code: SubscribeErrorCode, message: string, status?: number) {
    super(message)
    this.code = code
    this.status = status
  }
}

const CODES = new Map<string, SubscribeErrorCode>(
  (['unfit', 'signed-out', 'forbidden', 'missing', 'large'] as const).map((code) => [code, code]),
)
/** Answers of the 400s that another try may change: a timeout, too early, too many. */
const PASSING = new Set([408, 425, 429])

/** The error of a refusal that no other try will change; undefined for one that may pass. */
export function toSubscribeError({ trouble, status, detail }: Refusal): SubscribeError | undefined {
  if (status === undefined || status < 400 || status >= 500 || PASSING.has(status)) return undefined
  return new SubscribeError(
    CODES.get(trouble) ?? 'refused',
    detail ?? `The server answered ${status}, and not in the words of Tailboard`,
    status,
  )
}
