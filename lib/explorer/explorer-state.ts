import type { Connection, Trouble } from '../client/connection.ts'

/** What there is to show of a relation: its rows, that there are none, or why they cannot be had. */
export type ExplorerState =
  | 'waiting'
  | 'away'
  | 'missing'
  | 'dropped'
  | 'forbidden'
  | 'large'
  | 'unfit'
  | 'rows'
  | 'empty'

const REFUSALS: Partial<Record<Trouble, ExplorerState>> = {
  missing: 'missing',
  gone: 'dropped',
  forbidden: 'forbidden',
  large: 'large',
  unfit: 'unfit',
}

/** What a refusal means, whether rows are still there to be seen or not. */
export function refusalOf(connection: Connection): ExplorerState | undefined {
  if (!('trouble' in connection) || connection.trouble === undefined) return undefined
  // A relation that is away for a few seconds may be about to be made anew; the state says when it is not.
  return connection.state === 'stale' ? undefined : REFUSALS[connection.trouble]
}

/** `rows` is how many there are to show, undefined before that is known; `isComing` says that they are on their way. */
export function explorerState(
  connection: Connection,
  rows: number | undefined,
  isComing: boolean,
): ExplorerState {
  if (rows !== undefined) return rows === 0 ? 'empty' : 'rows'
  const refusal = refusalOf(connection)
  if (refusal) return refusal
  return isComing || connection.state === 'connecting' ? 'waiting' : 'away'
}
