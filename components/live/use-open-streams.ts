'use client'

import { useEffect, useState } from 'react'
import { countOpenStreams } from '../../lib/client/stream-slots.ts'

const LOOK_EVERY_MS = 2_000

/** How many streams the browser has open, in all its tabs; undefined where it does not tell. */
export function useOpenStreams(): number | undefined {
  const [count, setCount] = useState<number>()
  useEffect(() => {
    let isGone = false
    const look = async () => {
      const open = await countOpenStreams()
      if (!isGone) setCount(open)
    }
    const timer = setInterval(() => void look(), LOOK_EVERY_MS)
    void look()
    return () => {
      isGone = true
      clearInterval(timer)
    }
  }, [])
  return count
}
