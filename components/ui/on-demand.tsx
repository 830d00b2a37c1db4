'use client'

import { Slot } from 'radix-ui'
import { type KeyboardEvent, type ReactElement, type ReactNode, Suspense, useState } from 'react'

interface OnDemandProps {
  /** The button that opens it. */
  readonly trigger: ReactElement
  readonly opens: 'dialog' | 'menu'
  /** Fetches the code of what opens: called as soon as the reader comes near. */
  readonly load: () => Promise<unknown>
  /** The same button with what it opens, open: it takes over from the first press on. */
  readonly children: ReactNode
}

/** A button whose panel is loaded when it is wanted: the first picture of a page does not wait for its code. */
export function OnDemand({ trigger, opens, load, children }: OnDemandProps) {
  const [isWanted, setWanted] = useState(false)
  const comeNear = () => void load()
  const onKeyDown = (event: KeyboardEvent) => {
    if (opens !== 'menu' || event.key !== 'ArrowDown') return
    event.preventDefault()
    setWanted(true)
  }
  const closed = (
    <Slot.Root
      aria-haspopup={opens}
      aria-expanded={false}
      onPointerEnter={comeNear}
      onFocus={comeNear}
      onKeyDown={onKeyDown}
      onClick={() => setWanted(true)}
    >
      {trigger}
    </Slot.Root>
  )
  return isWanted ? <Suspense fallback={closed}>{children}</Suspense> : closed
}
