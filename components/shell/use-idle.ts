'use client'

import { useEffect, useState } from 'react'

const EVENTS = ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const

/** True once nobody has touched mouse, screen or keyboard for so long. */
export function useIdle(afterMs: number): boolean {
  const [isIdle, setIdle] = useState(false)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const wake = () => {
      setIdle(false)
      clearTimeout(timer)
      timer = setTimeout(() => setIdle(true), afterMs)
    }
    wake()
    for (const event of EVENTS) window.addEventListener(event, wake, { passive: true })
    return () => {
      clearTimeout(timer)
      for (const event of EVENTS) window.removeEventListener(event, wake)
    }
  }, [afterMs])
  return isIdle
}
