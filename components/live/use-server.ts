'use client'

import { useEffect, useState } from 'react'
import { askServer, type ServerFacts } from '../../lib/browser/server-facts.ts'

const ASK_EVERY_MS = 10_000

/** Which database answers: undefined while it is being asked, null where it does not answer. */
export function useServer(): ServerFacts | null | undefined {
  const [server, setServer] = useState<ServerFacts | null>()
  useEffect(() => {
    const leaving = new AbortController()
    const ask = async () => {
      const facts = await askServer(leaving.signal)
      if (!leaving.signal.aborted) setServer(facts ?? null)
    }
    const timer = setInterval(() => void ask(), ASK_EVERY_MS)
    void ask()
    return () => {
      clearInterval(timer)
      leaving.abort()
    }
  }, [])
  return server
}
