'use client'

import { useEffect, useEffectEvent } from 'react'
import { type ShortcutName, shortcutOf } from './shortcuts.ts'

/** Runs while the component is there and the key of a shortcut is pressed. */
export function useShortcut(name: ShortcutName, run: () => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || shortcutOf(event) !== name) return
    event.preventDefault()
    run()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event)
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [])
}
