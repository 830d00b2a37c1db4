import type { Connection } from '../client/connection.ts'
import type { RawEvent } from '../client/raw-event.ts'
import type { StreamQuery } from '../client/stream-query.ts'
import type { StreamEvent } from '../protocol/events.ts'

/** What a tab says to the worker that holds the streams. A port belongs to one stream of one tab. */
export type ToWorker =
  | {
      readonly kind: 'join'
      readonly query: StreamQuery
      readonly isHidden: boolean
      readonly wantsRaw?: boolean
    }
  | { readonly kind: 'leave' }
  | { readonly kind: 'presence'; readonly isHidden: boolean }
  | { readonly kind: 'retry' }
  /** The tab holds this lock as long as it lives. */
  | { readonly kind: 'lock'; readonly name: string }
  /** Still here; is answered in kind. */
  | { readonly kind: 'alive' }

/** What the worker says to a tab. */
export type ToTab =
  | {
      readonly kind: 'news'
      /** In their order. */
      readonly events: readonly StreamEvent[]
      /** The rest of the only event follows; see `toSlices`. */
      readonly isBegun?: boolean
      /** How many distinct rows there are after them; the worker has counted. */
      readonly size: number
      readonly connection?: Connection
      /** The events are what the tab has missed while it was hidden. */
      readonly isUnseen?: boolean
    }
  /** For a tab that wants them: what the server sent, before the news that was made of it. */
  | { readonly kind: 'raw'; readonly event: RawEvent }
  | { readonly kind: 'alive' }
  /** The worker had given this tab up: it has to join again. */
  | { readonly kind: 'forgotten' }
  /** This worker cannot read streams: the tab has to do so itself. */
  | { readonly kind: 'unable' }

/** The part of a `MessagePort` that is used. */
export type Port = Pick<MessagePort, 'postMessage' | 'addEventListener' | 'start' | 'close'>
