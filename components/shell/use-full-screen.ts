'use client'

import { useCallback, useSyncExternalStore } from 'react'

const subscribe = (listener: () => void) => {
  document.addEventListener('fullscreenchange', listener)
  return () => document.removeEventListener('fullscreenchange', listener)
}

/** Whether the page has the whole screen. Browsers give it only on a click or a key. */
export function useFullScreen(): { isFull: boolean; isPossible: boolean; toggle: () => void } {
  const isFull = useSyncExternalStore(
    subscribe,
    () => document.fullscreenElement !== null,
    () => false,
  )
  const toggle = useCallback(() => {
    const change = document.fullscreenElement
      ? document.exitFullscreen()
      : document.documentElement.requestFullscreen()
    change.catch((error: unknown) => {
      // The reader or the system may refuse; the page is as good as before.
      if (!(error instanceof TypeError || error instanceof DOMException)) throw error
    })
  }, [])
  return { isFull, isPossible: document.fullscreenEnabled, toggle }
}
