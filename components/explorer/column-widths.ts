import { type ColumnKind, kindOf } from '../../lib/explorer/column-kind.ts'
import type { Column } from '../../lib/protocol/events.ts'

const WIDTHS: Readonly<Record<ColumnKind, number>> = {
  number: 7,
  boolean: 5.5,
  time: 13,
  text: 12,
  json: 16,
  other: 11,
}
const MAX_HEADER = 18
const REM_PER_LETTER = 0.52
/** For what a header has beside its name. */
const HEADER_ROOM = 2.6
/** The column of signs and counts. */
export const MARK_WIDTH = 3.5

/** The columns of the grid: wide enough for their kind and their name, growing alike where there is room. */
export function gridOf(columns: readonly Column[]): { template: string; width: string } {
  const widths = columns.map(({ name, type }) =>
    Math.max(
      WIDTHS[kindOf(type)],
      Math.min(MAX_HEADER, Math.max(name.length, type.length * 0.85) * REM_PER_LETTER + HEADER_ROOM),
    ),
  )
  const total = widths.reduce((sum, width) => sum + width, MARK_WIDTH)
  return {
    template: `${MARK_WIDTH}rem ${widths.map((width) => `minmax(${width.toFixed(2)}rem,${width.toFixed(2)}fr)`).join(' ')}`,
    width: `${total.toFixed(2)}rem`,
  }
}
