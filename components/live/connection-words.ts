import {
  type Connection,
  isForbidden,
  isMissing,
  isSignedOut,
  type Trouble,
} from '../../lib/client/connection.ts'
import { MAX_STREAMS } from '../../lib/client/max-streams.ts'

const STATE_NAMES: Readonly<Record<Connection['state'], string>> = {
  connecting: 'Connecting',
  live: 'Live',
  stale: 'Stale',
  reconnecting: 'Reconnecting',
  lost: 'Connection lost',
}

const TROUBLES: Readonly<Record<Trouble, string>> = {
  waiting: `This browser has ${MAX_STREAMS} streams open, as many as it may. This one waits until another one ends.`,
  database: 'The database does not answer. The server is reconnecting to it.',
  behind: 'The database or the server is behind; new readings come late.',
  silent: 'Nothing has been heard from the server.',
  cut: 'The connection to the server broke.',
  shutdown: 'The server is restarting.',
  slow: 'This page could not keep up and is being served again.',
  refused: 'The server does not accept the stream at the moment.',
  'signed-out': 'The server wants this browser to sign in, again or for the first time.',
  forbidden: 'This server does not show this relation.',
  large: 'The relation has too many rows to be streamed.',
  unfit: 'The filter or the columns do not fit the relation.',
  missing: 'The database has no such relation.',
  gone: 'The relation is no longer in the database.',
  inexact: 'The rows are being read anew, to be exact.',
}

/** The state in a word or two. */
export function stateInWords(connection: Connection): string {
  if (isMissing(connection)) return 'Relation missing'
  if (isSignedOut(connection)) return 'Signed out'
  return isForbidden(connection) ? 'Not allowed' : STATE_NAMES[connection.state]
}

/** Why it is so, in a sentence; undefined where there is nothing to explain. */
export function troubleInWords(connection: Connection): string | undefined {
  if (!('trouble' in connection) || connection.trouble === undefined) return undefined
  if (!('detail' in connection) || !connection.detail) return TROUBLES[connection.trouble]
  return connection.detail.endsWith('.') ? connection.detail : `${connection.detail}.`
}
