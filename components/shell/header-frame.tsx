'use client'

import type { ReactNode } from 'react'
import { useKiosk } from './use-kiosk.ts'

interface HeaderFrameProps {
  /** What a wall needs to know as well. */
  readonly state: ReactNode
  readonly children: ReactNode
}

/** The header of a page. On a wall, where nobody stands with a mouse, only what it says of the page's state is left. */
export function HeaderFrame({ state, children }: HeaderFrameProps) {
  const { isKiosk } = useKiosk()
  if (isKiosk)
    return <header className="absolute top-3 right-4 z-20 flex items-center gap-2 sm:right-6">{state}</header>
  return children
}
