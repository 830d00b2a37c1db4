import type { Category } from '../../lib/readings/air-quality.ts'
import type { SensorState } from '../../lib/readings/overview.ts'
import { shapeOf } from './category-shape.ts'

interface CategoryDotProps {
  readonly category: Category | undefined
  readonly state?: SensorState
}

/** The colour and the shape of a category. It never stands alone: the words are beside it or in the row. */
export function CategoryDot({ category, state }: CategoryDotProps) {
  const { path, colour, hollow } = shapeOf(category, state)
  return (
    <svg aria-hidden="true" viewBox="-8 -8 16 16" className="size-2.5 shrink-0">
      <path d={path} fill={hollow ? 'none' : colour} stroke={hollow ? colour : 'none'} strokeWidth="2.5" />
    </svg>
  )
}
