'use client'

import { debounce, useQueryStates } from 'nuqs'
import { useCallback, useMemo } from 'react'
import type { Category } from '../../lib/readings/air-quality.ts'
import type { SensorState } from '../../lib/readings/overview.ts'
import type { SensorFilter } from '../../lib/readings/sensor-filter.ts'
import { viewParams } from './view-params.ts'

/** The address follows who types when the hand rests. */
const TYPING_MS = 300

export interface SensorFilterView {
  readonly filter: SensorFilter
  readonly isActive: boolean
  readonly search: (q: string) => void
  readonly toggleCategory: (category: Category) => void
  readonly toggleState: (state: SensorState) => void
  readonly clear: () => void
}

/** Which sensors the table and the map show; kept in the address. */
export function useSensorFilter(): SensorFilterView {
  const [{ q, category, state }, set] = useQueryStates(
    { q: viewParams.q, category: viewParams.category, state: viewParams.state },
    { history: 'replace' },
  )
  const search = useCallback(
    (text: string) => void set({ q: text }, { limitUrlUpdates: debounce(TYPING_MS) }),
    [set],
  )
  const toggleCategory = useCallback(
    (one: Category) => void set((before) => ({ category: toggled(before.category, one) })),
    [set],
  )
  const toggleState = useCallback(
    (one: SensorState) => void set((before) => ({ state: toggled(before.state, one) })),
    [set],
  )
  const clear = useCallback(() => void set({ q: null, category: null, state: null }), [set])
  return useMemo(
    () => ({
      filter: { q, categories: category, states: state },
      isActive: q.trim() !== '' || category.length > 0 || state.length > 0,
      search,
      toggleCategory,
      toggleState,
      clear,
    }),
    [q, category, state, search, toggleCategory, toggleState, clear],
  )
}

function toggled<T>(all: readonly T[], one: T): T[] {
  return all.includes(one) ? all.filter((other) => other !== one) : [...all, one]
}
