'use client'

import { Check, ChevronDown } from 'lucide-react'
import { Select as Radix } from 'radix-ui'
import { styleNonce } from './style-nonce.ts'

interface SelectProps<T extends string> {
  /** What is chosen, for who cannot see it. */
  readonly name: string
  readonly options: readonly { readonly value: T; readonly label: string }[]
  readonly value: T | undefined
  readonly onChange: (value: T) => void
  readonly placeholder?: string
}

/** A choice of one among many. */
export function Select<T extends string>({ name, options, value, onChange, placeholder }: SelectProps<T>) {
  return (
    <Radix.Root value={value ?? ''} onValueChange={(chosen) => onChange(chosen as T)}>
      <Radix.Trigger
        aria-label={name}
        className="inline-flex h-8 min-w-0 items-center gap-1.5 rounded-lg border border-line-strong bg-surface px-2.5 text-ink text-sm hover:bg-sunken"
      >
        <span className="truncate">
          <Radix.Value placeholder={placeholder} />
        </span>
        <ChevronDown aria-hidden="true" className="size-3.5 shrink-0 text-muted" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          className="z-50 max-h-72 min-w-(--radix-select-trigger-width) overflow-hidden rounded-lg border border-line bg-raised shadow-lg"
        >
          <Radix.Viewport className="p-1" nonce={styleNonce()}>
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                className="flex cursor-default select-none items-center gap-2 rounded-md py-1.5 pr-3 pl-2 text-sm outline-none data-highlighted:bg-sunken"
              >
                <span className="size-3.5">
                  <Radix.ItemIndicator>
                    <Check aria-hidden="true" className="size-3.5 text-accent" />
                  </Radix.ItemIndicator>
                </span>
                <Radix.ItemText>{option.label}</Radix.ItemText>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
