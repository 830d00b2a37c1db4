import { eventSourceServices } from './event-source-services.ts'
import { FetchEventSource } from './fetch-event-source.ts'
import type { Refusal } from './refusal.ts'
import type { StreamServices } from './stream-client.ts'
import type { Slots } from './stream-slots.ts'

/** A program opens as many streams as it likes. */
const UNLIMITED: Slots = {
  take: (onTurn) => {
    onTurn()
    return () => {}
  },
}

export interface ServicesOptions {
  /** For `Authorization: Bearer`, which an `EventSource` cannot send. */
  readonly token?: string | undefined
  readonly random?: () => number
}

/** `fetch`, as Node has it and browsers have it too. */
export function fetchServices(base: string, { token, random }: ServicesOptions = {}): StreamServices {
  let refusal: Refusal | undefined
  return {
    openEventSource: (path) => {
      refusal = undefined
      const source = new FetchEventSource(base + path, {
        ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
        onRefusal: (refused) => {
          refusal = refused
        },
        random,
      })
      // Only what a StreamClient uses is there.
      return source as unknown as EventSource
    },
    explainRefusal: () => Promise.resolve(refusal),
    knowsRefusals: true,
    slots: UNLIMITED,
    ...(random && { random }),
  }
}

/** The browser's own EventSource where there is one and it can do what is wanted, else `fetch`. */
export function chooseServices(base: string, options: ServicesOptions = {}): StreamServices {
  return typeof EventSource === 'undefined' || options.token !== undefined
    ? fetchServices(base, options)
    : eventSourceServices(base)
}
