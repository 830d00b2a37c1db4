'use client'

import { useQueryState } from 'nuqs'
import { useCallback } from 'react'
import { viewParams } from '../view/view-params.ts'

export interface Kiosk {
  /** True where the page is made for a wall: without controls, in larger type. */
  readonly isKiosk: boolean
  readonly toggle: () => void
}

/** Whether the page is shown on a wall; kept in the address. */
export function useKiosk(): Kiosk {
  const [isKiosk, set] = useQueryState('kiosk', viewParams.kiosk.withOptions({ history: 'push' }))
  const toggle = useCallback(() => void set((before) => !before), [set])
  return { isKiosk, toggle }
}
