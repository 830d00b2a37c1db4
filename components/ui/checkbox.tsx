'use client'

import { Check } from 'lucide-react'
import { Checkbox as Radix } from 'radix-ui'

interface CheckboxProps {
  /** What it stands for; said aloud, and not written: write it beside it in a `label`. */
  readonly name: string
  readonly checked: boolean | 'indeterminate'
  readonly onChange: (checked: boolean) => void
  readonly disabled?: boolean
}

/** Yes or no. */
export function Checkbox({ name, checked, onChange, disabled }: CheckboxProps) {
  return (
    <Radix.Root
      aria-label={name}
      checked={checked}
      disabled={disabled}
      onCheckedChange={(now) => onChange(now === true)}
      className="flex size-4 shrink-0 cursor-pointer items-center justify-center rounded border border-line-strong bg-surface disabled:cursor-default disabled:opacity-50 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
    >
      <Radix.Indicator>
        <Check aria-hidden="true" className="size-3 text-on-accent" strokeWidth={3} />
      </Radix.Indicator>
    </Radix.Root>
  )
}
