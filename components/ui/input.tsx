import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'

/** One line of text, or a number. */
export function Input({ className, ...props }: ComponentProps<'input'>) {
  return (
    <input
      className={classNames(
        'h-8 min-w-0 rounded-lg border border-line-strong bg-surface px-2.5 text-ink text-sm placeholder:text-muted aria-invalid:border-trouble',
        className,
      )}
      {...props}
    />
  )
}
