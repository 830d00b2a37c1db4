import type { ComponentProps } from 'react'

/** Small words on a chart, with a rim in the colour of the surface so that lines do not run through them. */
export function ChartWords(props: ComponentProps<'text'>) {
  return (
    <text
      fontSize="10"
      fill="var(--text-muted)"
      stroke="var(--surface)"
      strokeWidth="3"
      strokeLinejoin="round"
      paintOrder="stroke"
      {...props}
    />
  )
}
