import type { StreamEvent } from '../protocol/events.ts'

/** A longer text is cut: whoever looks at events wants to see them, not to hold the relation twice. */
export const MAX_RAW_TEXT = 20_000

/** One event as it came from the server, before anybody made anything of it. */
export interface RawEvent {
  readonly kind: StreamEvent['kind']
  /** As EventSource tells it: the last id that the server has sent, with this event or before it. */
  readonly id: string | undefined
  /** By this machine's clock, in milliseconds. */
  readonly receivedAtMs: number
  /** Of the data in UTF-8. */
  readonly bytes: number
  /** The data, or its first {@link MAX_RAW_TEXT} characters. */
  readonly text: string
}

const utf8 = new TextEncoder()

/** Keeps no reference to a long text. */
export function toRawEvent(kind: StreamEvent['kind'], text: string, lastEventId: string): RawEvent {
  return {
    kind,
    id: lastEventId === '' ? undefined : lastEventId,
    receivedAtMs: Date.now(),
    bytes: utf8.encode(text).byteLength,
    // A slice would keep the whole text alive, a copy does not.
    text: text.length > MAX_RAW_TEXT ? structuredClone(text.slice(0, MAX_RAW_TEXT)) : text,
  }
}
