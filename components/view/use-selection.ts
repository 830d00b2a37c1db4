'use client'

import { useQueryState } from 'nuqs'
import { useCallback, useMemo } from 'react'
import { viewParams } from './view-params.ts'

/** More lines than this cannot be told apart, nor are their readings asked for. */
export const MAX_SELECTED = 24

export interface Selection {
  readonly ids: ReadonlySet<number>
  readonly isFull: boolean
  readonly toggle: (id: number) => void
  readonly clear: () => void
}

/** The sensors that the reader has chosen to see in the charts; kept in the address. */
export function useSelection(): Selection {
  const [ids, set] = useQueryState('sensors', viewParams.sensors.withOptions({ history: 'replace' }))
  const toggle = useCallback(
    (id: number) =>
      void set((before) => {
        if (before.includes(id)) return before.filter((other) => other !== id)
        return before.length < MAX_SELECTED ? [...before, id] : before
      }),
    [set],
  )
  const clear = useCallback(() => void set([]), [set])
  return useMemo(
    () => ({ ids: new Set(ids.slice(0, MAX_SELECTED)), isFull: ids.length >= MAX_SELECTED, toggle, clear }),
    [ids, toggle, clear],
  )
}
