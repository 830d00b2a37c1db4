/** Why a stream is not live. What it means to a reader is put into words where it is shown. */
export type Trouble =
  /** The browser has as many streams open as it may: this one waits until another one ends. */
  | 'waiting'
  /** The database has not answered for a while; the server tries again. */
  | 'database'
  /** The rows are old: the database's clock stands or the server cannot keep up. */
  | 'behind'
  /** Nothing came for longer than two heartbeats. */
  | 'silent'
  /** The connection to the server broke. */
  | 'cut'
  /** The server said that it goes away. */
  | 'shutdown'
  /** The server let this reader go because it did not keep up. */
  | 'slow'
  /** The server answered, but not with a stream. */
  | 'refused'
  /** The server wants this browser to sign in. */
  | 'signed-out'
  /** The server does not give this relation to anybody. */
  | 'forbidden'
  /** It has more rows than a stream may carry. */
  | 'large'
  /** The filter or the columns do not fit the relation. */
  | 'unfit'
  /** There is no such relation. */
  | 'missing'
  /** The relation was dropped. */
  | 'gone'
  /** What came did not fit what was there: all rows are read anew. */
  | 'inexact'

interface Broken {
  /** When it broke, by this machine's clock in milliseconds, as all times here. */
  readonly since: number
  readonly attempt: number
  /** Absent while a try is under way, or while the browser itself decides. */
  readonly nextRetryAt?: number | undefined
  readonly trouble: Trouble
  readonly detail?: string | undefined
}

/**
 * How the page stands with a stream.
 *
 *     connecting ──rows──> live <──rows── stale        the stream is open, but says nothing new
 *                           └─cut──> reconnecting      rows <── back to live
 *                                        └─30 s──> lost      still trying
 */
export type Connection =
  | {
      readonly state: 'connecting'
      readonly since: number
      readonly trouble?: Trouble
      readonly detail?: string | undefined
    }
  | { readonly state: 'live'; readonly since: number }
  | {
      readonly state: 'stale'
      readonly since: number
      readonly trouble: Trouble
      readonly detail?: string | undefined
    }
  | ({ readonly state: 'reconnecting' } & Broken)
  | ({ readonly state: 'lost' } & Broken)

/** True where the server is well, but the relation is not there. */
export function isMissing(connection: Connection): boolean {
  return connection.state === 'lost' && (connection.trouble === 'missing' || connection.trouble === 'gone')
}

/** True where the server is well, but does not give this relation to anybody. */
export function isForbidden(connection: Connection): boolean {
  return 'trouble' in connection && connection.trouble === 'forbidden'
}

/** True where the server is well, but wants this browser to sign in. */
export function isSignedOut(connection: Connection): boolean {
  return 'trouble' in connection && connection.trouble === 'signed-out'
}

/** True where the rows on the screen may be older than they look. */
export function isOutOfDate({ state }: Connection): boolean {
  return state === 'stale' || state === 'reconnecting' || state === 'lost'
}
