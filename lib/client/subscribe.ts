import type { StreamEvent } from '../protocol/events.ts'
import { Mailbox } from './mailbox.ts'
import { type ClientOptions, createClient, readWhileOpen, toBase } from './open-client.ts'
import { chooseServices } from './services.ts'
import type { StreamServices } from './stream-client.ts'

/** So many changes may wait for a reader that is busy. Beyond, the server keeps them, and sums them up. */
const MAX_WAITING = 1_000

export interface SubscribeOptions extends ClientOptions {
  /** Goes on after this id, which an event of an earlier run carried: what has changed since comes as one update. */
  readonly lastEventId?: string | undefined
}

/**
 * The events of a relation, from now until the loop is left, `signal` aborts, or the server will never give them.
 *
 *     for await (const event of subscribe('http://127.0.0.1:3000', { relation: 'sensors_latest' })) {
 *       if (event.kind === 'update') console.log(event.data.updates)
 *     }
 *
 * `url` is where Tailboard is; in a browser `''` is the page's own server. A connection that breaks or falls silent for
 * 15 seconds is opened again and goes on after the last event, so the events fold to the exact rows (`Fold`), however
 * often it broke. A reader that is slow loses nothing either: what it has no time for comes as one update.
 * An event that brings no id of its own may repeat the one before it.
 *
 * Throws {@link SubscribeError} where no other try can help, and a `TypeError` where `url` is no address.
 */
export function subscribe(
  url: string | URL,
  options: SubscribeOptions,
): AsyncGenerator<StreamEvent, void, undefined> {
  return readEvents(options, chooseServices(toBase(url), { token: options.token }))
}

/** {@link subscribe} with services of one's own. */
export async function* readEvents(
  options: SubscribeOptions,
  services: StreamServices,
): AsyncGenerator<StreamEvent, void, undefined> {
  const mailbox = new Mailbox<StreamEvent>()
  let lastEventId = options.lastEventId
  let isPaused = false
  const client = createClient(options, services, {
    lastEventId: () => lastEventId,
    onEvent: (event) => {
      if ('id' in event && event.id !== undefined) lastEventId = event.id
      mailbox.put(event)
      if (mailbox.size < MAX_WAITING || !isWhole(event)) return
      isPaused = true
      client.close()
    },
    onFailure: (error) => mailbox.fail(error),
  })
  for await (const events of readWhileOpen(client, mailbox, options.signal)) {
    for (const event of events) {
      if (options.signal?.aborted) return
      yield event
    }
    if (isPaused && mailbox.size === 0) {
      isPaused = false
      client.open()
    }
  }
}

/** Between the parts of a snapshot there is no place to go on from. */
function isWhole(event: StreamEvent): boolean {
  if (event.kind === 'snapshot') return event.data.part === event.data.parts
  return event.kind === 'update'
}
