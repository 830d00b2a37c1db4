'use client'

import { useQueryStates } from 'nuqs'
import { useMemo } from 'react'
import type { StreamQuery } from '../../lib/client/stream-query.ts'
import { canFilter, toFilter } from '../../lib/explorer/condition.ts'
import { explorerParams } from './explorer-params.ts'

/** What the reader wants to see of a relation; kept in the address. */
export function useExplorerAddress() {
  const [address, set] = useQueryStates(explorerParams, { history: 'replace' })
  return { address, set }
}

export type ExplorerAddress = ReturnType<typeof useExplorerAddress>['address']
export type SetExplorerAddress = ReturnType<typeof useExplorerAddress>['set']

/** The stream that shows it. The same object as long as it is the same stream. */
export function useStreamQuery(relation: string, { where, columns }: ExplorerAddress): StreamQuery {
  return useMemo(
    () => ({
      relation,
      ...(columns && columns.length > 0 && { columns }),
      ...(where.length > 0 && { filters: where.filter(({ column }) => canFilter(column)).map(toFilter) }),
    }),
    [relation, where, columns],
  )
}
