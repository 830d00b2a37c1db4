import type { Category } from '../../lib/readings/air-quality.ts'

/** The colour of a category. It never stands alone: the words are beside it or in the row. */
export function CategoryDot({ category }: { category: Category | undefined }) {
  return (
    <span
      aria-hidden="true"
      className="size-2 shrink-0 rounded-full"
      style={{ background: category ? `var(--category-${category})` : 'var(--line)' }}
    />
  )
}
