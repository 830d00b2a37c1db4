'use client'

import { useEffect, useState } from 'react'

/** Whether the screen stays on: `insecure` and `unsupported` say why the browser will not, `refused` that it did not. */
export type WakeState = 'asking' | 'awake' | 'refused' | 'insecure' | 'unsupported'

function ability(): WakeState {
  if (!globalThis.isSecureContext) return 'insecure'
  return 'wakeLock' in navigator ? 'asking' : 'unsupported'
}

/** Keeps the screen on while the component is there. The browser lets go when the page is hidden: then it is asked again. */
export function useWakeLock(): WakeState {
  const [state, setState] = useState<WakeState>(ability)
  useEffect(() => {
    if (ability() !== 'asking') return
    let lock: WakeLockSentinel | undefined
    let isGone = false
    const ask = async () => {
      if (document.visibilityState === 'hidden' || (lock && !lock.released)) return
      try {
        const given = await navigator.wakeLock.request('screen')
        if (isGone) {
          await given.release()
          return
        }
        lock = given
        setState('awake')
      } catch (error) {
        // A battery that is low, or a page that was hidden meanwhile.
        if (!(error instanceof DOMException)) throw error
        setState('refused')
      }
    }
    const askAgain = () => void ask()
    askAgain()
    document.addEventListener('visibilitychange', askAgain)
    return () => {
      isGone = true
      document.removeEventListener('visibilitychange', askAgain)
      void lock?.release()
    }
  }, [])
  return state
}
