import { type ClassValue, clsx } from 'clsx'

/**
 * Class names joined. Of two that set the same thing the one that Tailwind writes later wins, wherever it stands here:
 * a look that a caller needs is a variant of its component.
 */
export const classNames = (...values: ClassValue[]): string => clsx(values)
