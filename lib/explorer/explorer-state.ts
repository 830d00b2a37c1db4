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

export function explorerState(connection: Connection, ready: boolean, rows: number): ExplorerState {
  if (ready) return rows === 0 ? 'empty' : 'rows'
  const refusal = refusalOf(connection)
  if (refusal) return refusal
  return connection.state === 'connecting' ? 'waiting' : 'away'
}
