'use client'

import { Popover as Radix } from 'radix-ui'
import type { PopoverProps } from './popover.tsx'

/** The button and its panel, open at first. */
export function PopoverPanel({ trigger, name, children }: PopoverProps) {
  return (
    <Radix.Root defaultOpen>
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
