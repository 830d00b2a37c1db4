'use client'

import { useEffect } from 'react'
import { serverBuild } from '../../lib/browser/server-build.ts'

const TRY_EVERY_MS = 5_000

/** While it is wanted, loads the page again as soon as the server answers: one that it cannot load would never try again. */
export function useReloadOnceServed(isWanted: boolean): void {
  useEffect(() => {
    if (!isWanted) return
    const timer = setInterval(() => {
      void serverBuild().then((build) => {
        if (build !== undefined) location.reload()
      })
    }, TRY_EVERY_MS)
    return () => clearInterval(timer)
  }, [isWanted])
}
