'use client'

import { DropdownMenu as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactNode
  readonly children: ReactNode
}

/**
 * A list of things to do, beside the button that opened it, open at first; arrow keys, first letters and Escape work in
 * it. Behind an `OnDemand`, which shows the button until then.
 */
export function Menu({ trigger, children }: MenuProps) {
  return (
    <Radix.Root defaultOpen modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align="end"
          sideOffset={6}
          collisionPadding={12}
          className="z-50 min-w-56 max-w-[calc(100vw-1.5rem)] rounded-xl border border-line bg-raised p-1.5 text-sm shadow-lg"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** Some of a menu's things, under their common name. */
export function MenuGroup({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Radix.Group className="not-first:mt-1.5 not-first:border-line not-first:border-t not-first:pt-1.5">
      <Radix.Label className="px-2.5 py-1 text-muted text-xs">{name}</Radix.Label>
      {children}
    </Radix.Group>
  )
}

export function MenuItem({ onSelect, children }: { onSelect: () => void; children: ReactNode }) {
  return (
    <Radix.Item
      onSelect={onSelect}
      className="flex min-h-8 cursor-pointer select-none items-center gap-2 rounded-lg px-2.5 py-1 outline-none data-highlighted:bg-sunken [&_svg]:size-4 [&_svg]:text-muted"
    >
      {children}
    </Radix.Item>
  )
}
