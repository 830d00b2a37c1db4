'use client'

import { useSyncExternalStore } from 'react'
import type { RelationState } from '../../lib/browser/relation-store.ts'
import type { ReadingsView } from '../../lib/readings/readings-view.ts'
import { useLive } from './live-provider.tsx'

/**
 * Something that follows from the readings: the component is drawn anew only when this changes. `part` must give
 * the same value, or a number, text or truth that is equal, as long as nothing has changed.
 */
export function useReadingsPart<Part>(part: (state: RelationState<ReadingsView>) => Part): Part {
  const { readings } = useLive()
  const read = () => part(readings.getState())
  return useSyncExternalStore(readings.subscribe, read, read)
}
