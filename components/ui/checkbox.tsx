'use client'

interface CheckboxProps {
  /** What it stands for; said aloud, and not written: write it beside it in a `label`. */
  readonly name: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly disabled?: boolean
}

/** Yes or no. */
export function Checkbox({ name, checked, onChange, disabled }: CheckboxProps) {
  return (
    <input
      type="checkbox"
      aria-label={name}
      checked={checked}
      disabled={disabled}
      onChange={({ target }) => onChange(target.checked)}
      className="size-4 shrink-0 cursor-pointer accent-accent disabled:cursor-default disabled:opacity-50"
    />
  )
}
