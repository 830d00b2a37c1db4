'use client'

import { useEffect } from 'react'
import { serverBuild } from '../../lib/browser/server-build.ts'
import { useKiosk } from './use-kiosk.ts'

const TRY_EVERY_MS = 5_000

/** On a wall, where nobody presses a button, a page that broke loads itself again once the server answers. */
export function useReloadInKiosk(): boolean {
  const { isKiosk } = useKiosk()
  useEffect(() => {
    if (!isKiosk) return
    // A page that cannot be loaded would never try again: the server has to be there first.
    const timer = setInterval(() => {
      void serverBuild().then((build) => {
        if (build !== undefined) location.reload()
      })
    }, TRY_EVERY_MS)
    return () => clearInterval(timer)
  }, [isKiosk])
  return isKiosk
}
