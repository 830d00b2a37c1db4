import type { StreamEvent } from '../protocol/events.ts'

/** The names of all events; written here as well so that no schema library comes into the browser. */
export const STREAM_EVENTS = Object.keys({
  snapshot: true,
  update: true,
  heartbeat: true,
  status: true,
  bye: true,
} satisfies Record<StreamEvent['kind'], true>) as StreamEvent['kind'][]

/** What came is not an event of our stream: something between us and the server has changed it. */
export class StreamEventError extends Error {
  override readonly name = 'StreamEventError'
}

/**
 * One event as EventSource hands it over. The server is our own, so the shape is not checked field by field.
 * EventSource repeats the last id for an event that brings none: the position is still the same.
 */
export function parseStreamEvent(kind: StreamEvent['kind'], text: string, lastEventId: string): StreamEvent {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (cause) {
    throw new StreamEventError(`The data of a ${kind} event is not JSON`, { cause })
  }
  if (typeof data !== 'object' || data === null) {
    throw new StreamEventError(`The data of a ${kind} event is not an object`)
  }
  const id = lastEventId === '' ? {} : { id: lastEventId }
  // The event's name tells the shape of its data: the same process declares and sends both.
  return { kind, data, ...id } as StreamEvent
}
