'use client'

import { useSyncExternalStore } from 'react'
import type { RelationState, RelationStore } from '../../lib/browser/relation-store.ts'
import type { ReadingsView } from '../../lib/readings/readings-view.ts'
import { useLive } from './live-provider.tsx'

/** The state of a store, and its stream open as long as the component is there. */
export function useRelation<View>(store: RelationStore<View>): RelationState<View> {
  return useSyncExternalStore(store.subscribe, store.getState, store.getState)
}

export function useReadings(): RelationState<ReadingsView> {
  return useRelation(useLive().readings)
}
