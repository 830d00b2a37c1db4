'use client'

import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { RelationState } from '../../lib/browser/relation-store.ts'
import type { StreamQuery } from '../../lib/client/stream-query.ts'
import type { ExplorerView } from '../../lib/explorer/explorer-projection.ts'
import { createSession, type ExplorerSession } from './explorer-session.ts'
import type { ExplorerAddress } from './use-explorer-address.ts'

/** A mark is over a moment after it is due: timers are not exact. */
const GRACE_MS = 20

/** The stream of a query, open as long as the component is there. Another query needs another component. */
export function useSession(query: StreamQuery): [ExplorerSession, RelationState<ExplorerView>] {
  const [session] = useState(() => createSession(query))
  const { store } = session
  const state = useSyncExternalStore(store.subscribe, store.getState, store.getState)
  const { untilMs } = state.view.rows
  useEffect(() => {
    if (untilMs === undefined) return
    const timer = setTimeout(store.refresh, Math.max(0, untilMs - Date.now()) + GRACE_MS)
    return () => clearTimeout(timer)
  }, [store, untilMs])
  return [session, state]
}

/** Shows what the reader has chosen, as soon as it is chosen. */
export function useChoice({ projection, store }: ExplorerSession, address: ExplorerAddress): void {
  const { sort, time, key, values } = address
  const choice = useMemo(() => ({ order: sort ?? undefined, time, key, values }), [sort, time, key, values])
  useEffect(() => {
    projection.choose(choice)
    store.refresh()
  }, [projection, store, choice])
}
