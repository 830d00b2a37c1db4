'use client'

import { toSearch } from '../../lib/client/stream-query.ts'
import { ExplorerStream } from './explorer-stream.tsx'
import { useExplorerAddress, useStreamQuery } from './use-explorer-address.ts'

/** A relation, live: its rows, what they are over time, and the stream that brings them. */
export function Explorer({ relation }: { relation: string }) {
  const { address, set } = useExplorerAddress()
  const query = useStreamQuery(relation, address)
  return <ExplorerStream key={toSearch(query)} query={query} address={address} setAddress={set} />
}
