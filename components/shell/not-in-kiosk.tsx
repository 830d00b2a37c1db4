'use client'

import type { ReactNode } from 'react'
import { useKiosk } from './use-kiosk.ts'

/** What a wall has no use for, since nobody stands in front of it with a mouse. */
export function NotInKiosk({ children }: { children: ReactNode }) {
  return useKiosk().isKiosk ? null : children
}
