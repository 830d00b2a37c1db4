'use client'

import { useEffect, useState } from 'react'
import { onPageReturn } from '../../lib/browser/page-presence.ts'
import { describeRelation, type ListedRelation } from '../../lib/browser/relations.ts'

/** What the server knows of a relation beside its rows; asked for anew when the reader returns or `occasion` changes. */
export function useRelationFacts(relation: string, occasion: string): ListedRelation | undefined {
  const [facts, setFacts] = useState<ListedRelation>()
  const [returns, setReturns] = useState(0)
  useEffect(() => onPageReturn(() => setReturns((before) => before + 1)), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: occasions are what it is asked anew for
  useEffect(() => {
    const leaving = new AbortController()
    describeRelation(relation, leaving.signal)
      .then((answer) => {
        if (typeof answer === 'object') setFacts(answer)
      })
      .catch((error: unknown) => {
        if (!leaving.signal.aborted) throw error
      })
    return () => leaving.abort()
  }, [relation, occasion, returns])
  return facts
}
