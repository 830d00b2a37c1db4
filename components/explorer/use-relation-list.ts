'use client'

import { useCallback, useEffect, useState } from 'react'
import { onPageReturn } from '../../lib/browser/page-presence.ts'
import { type ListedRelation, type ListTrouble, listRelations } from '../../lib/browser/relations.ts'

/** A database that is starting, or a server that restarts, is asked again. */
const ASK_AGAIN_MS = 3_000

export interface RelationListState {
  /** Undefined until the server has answered for the first time; kept when it is away afterwards. */
  readonly relations: readonly ListedRelation[] | undefined
  readonly trouble: ListTrouble | undefined
  readonly refresh: () => void
}

/** The relations that can be watched: asked for at first, when the reader returns, and until there is an answer. */
export function useRelationList(): RelationListState {
  const [state, setState] = useState<Omit<RelationListState, 'refresh'>>({
    relations: undefined,
    trouble: undefined,
  })
  const [asked, setAsked] = useState(0)
  const refresh = useCallback(() => setAsked((before) => before + 1), [])
  useEffect(() => onPageReturn(refresh), [refresh])
  // biome-ignore lint/correctness/useExhaustiveDependencies: to ask again is to run this again
  useEffect(() => {
    const leaving = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = async () => {
      const answer = await listRelations(leaving.signal)
      if (typeof answer !== 'string') setState({ relations: answer, trouble: undefined })
      else {
        setState(({ relations }) => ({ relations, trouble: answer }))
        timer = setTimeout(refresh, ASK_AGAIN_MS)
      }
    }
    ask().catch((error: unknown) => {
      if (!leaving.signal.aborted) throw error
    })
    return () => {
      leaving.abort()
      clearTimeout(timer)
    }
  }, [asked, refresh])
  return { ...state, refresh }
}
