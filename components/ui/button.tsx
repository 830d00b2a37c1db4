import { cva, type VariantProps } from 'class-variance-authority'
import { Slot } from 'radix-ui'
import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'

const looks = cva(
  'inline-flex cursor-pointer select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-lg font-medium transition-colors disabled:cursor-default disabled:opacity-50 motion-reduce:transition-none [&_svg]:shrink-0',
  {
    variants: {
      look: {
        plain: 'border border-line bg-surface text-ink hover:bg-sunken',
        quiet: 'text-muted hover:bg-sunken hover:text-ink',
        trouble: 'text-trouble hover:bg-sunken',
        strong: 'bg-accent text-on-accent hover:brightness-110',
      },
      size: {
        small: 'h-7 px-2.5 text-xs [&_svg]:size-3.5',
        medium: 'h-8 px-2.5 text-xs [&_svg]:size-3.5',
        normal: 'h-9 px-3.5 text-sm [&_svg]:size-4',
        /** As wide as high, for an icon: give it an `aria-label`. */
        icon: 'size-8 [&_svg]:size-4',
      },
    },
    defaultVariants: { look: 'plain', size: 'small' },
  },
)

export interface ButtonProps extends ComponentProps<'button'>, VariantProps<typeof looks> {
  /** Gives its looks to its only child, such as a link, in place of a button. */
  readonly asChild?: boolean
}

/** Something to press. */
export function Button({ look, size, asChild = false, className, ...props }: ButtonProps) {
  const looksLike = classNames(looks({ look, size }), className)
  if (asChild) return <Slot.Root className={looksLike} {...props} />
  return <button type="button" className={looksLike} {...props} />
}
