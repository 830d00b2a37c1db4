'use client'

import { Popover as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

interface PopoverProps {
  /** The button that opens it. */
  readonly trigger: ReactNode
  /** What it holds, for who cannot see it. */
  readonly name: string
  readonly children: ReactNode
}

/** A small panel beside the button that opened it. */
export function Popover({ trigger, name, children }: PopoverProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={name}
          align="end"
          sideOffset={6}
          collisionPadding={12}
          className="z-50 max-w-[calc(100vw-1.5rem)] rounded-xl border border-line bg-raised p-3 text-sm shadow-lg"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
