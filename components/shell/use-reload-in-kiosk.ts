'use client'

import { useKiosk } from './use-kiosk.ts'
import { useReloadOnceServed } from './use-reload-once-served.ts'

/** On a wall, where nobody presses a button, a page that broke loads itself again once the server answers. */
export function useReloadInKiosk(): boolean {
  const { isKiosk } = useKiosk()
  useReloadOnceServed(isKiosk)
  return isKiosk
}
