'use client'

import { useSyncExternalStore } from 'react'
import type { RelationState, RelationStore } from '../../lib/browser/relation-store.ts'
import { useLive } from './live-provider.tsx'
import type { ReadingsState } from './source.ts'

/** The state of a store, and its stream open as long as the component is there. */
export function useRelation<View>(store: RelationStore<View>): RelationState<View> {
  return useSyncExternalStore(store.subscribe, store.getState, store.getState)
}

/** The readings of all sensors, whatever they are read from. */
export function useReadings(): ReadingsState {
  const { readings } = useLive()
  return useSyncExternalStore(readings.subscribe, readings.getState, readings.getState)
}
