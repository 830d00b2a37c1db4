import type { FoldChange } from '../protocol/fold.ts'

interface Applies {
  apply(change: FoldChange): void
}

/** The same projection, whose changes are seen by `onChange` as well: also those that nobody can see on the page. */
export function watched<P extends Applies>(projection: P, onChange: (change: FoldChange) => void): P {
  const apply = projection.apply.bind(projection)
  projection.apply = (change) => {
    apply(change)
    onChange(change)
  }
  return projection
}
