/**
 * `EPOCH:TIMESTAMP`, the position of a stream: the rows as of that timestamp, all changes at it included. The epoch
 * says what the rows are, so that an id of another database, relation or definition is not trusted.
 */
export interface EventId {
  readonly epoch: string
  readonly timestamp: bigint
}

const MAX_TIMESTAMP = 2n ** 64n - 1n
const PATTERN = /^([A-Za-z0-9_-]{1,64}):(\d{1,20})$/

export function formatEventId({ epoch, timestamp }: EventId): string {
  return `${epoch}:${timestamp}`
}

/** The id, or undefined for a text that is none: such a client gets a snapshot, it is not refused. */
export function parseEventId(text: string): EventId | undefined {
  const match = PATTERN.exec(text)
  if (!match?.[1] || !match[2]) return undefined
  const timestamp = BigInt(match[2])
  return timestamp > MAX_TIMESTAMP ? undefined : { epoch: match[1], timestamp }
}
