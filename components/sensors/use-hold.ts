'use client'

import { type FocusEvent, useMemo, useState } from 'react'

interface Hold {
  /** The reader is at it: nothing must move under the hand. */
  readonly held: boolean
  /** For the element that must not move. */
  readonly holders: {
    readonly onPointerEnter: () => void
    readonly onPointerLeave: () => void
    readonly onFocus: () => void
    readonly onBlur: (event: FocusEvent<HTMLElement>) => void
  }
}

/** Whether the pointer is over an element, or the focus within it; `onHeld` is told of each change. */
export function useHold(onHeld: (held: boolean) => void): Hold {
  const [pointed, point] = useState(false)
  const [focused, focus] = useState(false)
  const holders = useMemo(
    () => ({
      onPointerEnter: () => {
        point(true)
        onHeld(true)
      },
      onPointerLeave: () => {
        point(false)
        onHeld(focused)
      },
      onFocus: () => {
        focus(true)
        onHeld(true)
      },
      onBlur: ({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>) => {
        if (relatedTarget instanceof Node && currentTarget.contains(relatedTarget)) return
        focus(false)
        onHeld(pointed)
      },
    }),
    [pointed, focused, onHeld],
  )
  return { held: pointed || focused, holders }
}
