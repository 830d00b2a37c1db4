'use client'

import { createContext, type ReactNode, use, useMemo, useState } from 'react'

interface Highlight {
  /** The sensor that the reader points at, else the one that is pinned. */
  readonly id: number | undefined
  readonly pinnedId: number | undefined
  readonly point: (id: number | undefined) => void
  readonly togglePin: (id: number) => void
}

const HighlightContext = createContext<Highlight | undefined>(undefined)

/** Which sensor stands out, in the charts and in the table alike. */
export function HighlightProvider({ children }: { children: ReactNode }) {
  const [pointedId, point] = useState<number>()
  const [pinnedId, setPinnedId] = useState<number>()
  const highlight = useMemo(
    () => ({
      id: pointedId ?? pinnedId,
      pinnedId,
      point,
      togglePin: (id: number) => setPinnedId((before) => (before === id ? undefined : id)),
    }),
    [pointedId, pinnedId],
  )
  return <HighlightContext value={highlight}>{children}</HighlightContext>
}

export function useHighlight(): Highlight {
  const highlight = use(HighlightContext)
  if (!highlight) throw new Error('useHighlight needs a HighlightProvider around it')
  return highlight
}
