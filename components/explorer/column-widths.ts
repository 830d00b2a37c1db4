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
/** Numbers that come with all their digits, up to twenty of them. */
const EXACT = /^(bigint|numeric|uint8)/
const EXACT_WIDTH = 11
/** For seconds with a fraction, and a time of day. */
const UNIX_TIME_WIDTH = 15.5
const MAX_HEADER = 18
const REM_PER_LETTER = 0.52
/** For what a header has beside its name. */
const HEADER_ROOM = 2.6
/** The column of signs and counts. */
export const MARK_WIDTH = 3
/** The table ends as far from its last column as that is from its neighbour. */
const RIGHT_EDGE = 0.625

/** More columns than this are drawn only where they are in view. */
const MANY = 16

/** The width of each column in rem: enough for its kind and its name, and for the time in words of a Unix time. */
export function widthsOf(columns: readonly Column[], unixTime?: string): number[] {
  return columns.map(({ name, type }) => {
    const letters = Math.max(name.length, type.length * 0.85)
    const least = EXACT.test(type) ? EXACT_WIDTH : WIDTHS[kindOf(type)]
    const room = Math.max(least, Math.min(MAX_HEADER, letters * REM_PER_LETTER + HEADER_ROOM))
    return name === unixTime ? Math.max(room, UNIX_TIME_WIDTH) : room
  })
}

/** The columns that are drawn, and the grid that they are drawn in. */
export interface ColumnGrid {
  readonly shown: readonly Column[]
  readonly firstIndex: number
  readonly template: string
  readonly width: string
  /** A column whose numbers are times; what time it is stands beside them. */
  readonly unixTime: string | undefined
}

/** Few columns grow to fill the table; of many only those between two of them are drawn, each as wide as it must be. */
export function gridOf(
  columns: readonly Column[],
  first: number,
  last: number,
  unixTime?: string,
): ColumnGrid {
  const widths = widthsOf(columns, unixTime)
  const width = `${(sum(widths, MARK_WIDTH) + RIGHT_EDGE).toFixed(2)}rem`
  if (columns.length <= MANY) {
    const tracks = widths.map((one) => `minmax(${one.toFixed(2)}rem,${one.toFixed(2)}fr)`)
    return {
      shown: columns,
      firstIndex: 0,
      template: `${MARK_WIDTH}rem 0rem ${tracks.join(' ')}`,
      width,
      unixTime,
    }
  }
  const tracks = widths.slice(first, last + 1).map((one) => `${one.toFixed(2)}rem`)
  return {
    shown: columns.slice(first, last + 1),
    firstIndex: first,
    template: `${MARK_WIDTH}rem ${sum(widths.slice(0, first), 0).toFixed(2)}rem ${tracks.join(' ')}`,
    width,
    unixTime,
  }
}

const sum = (widths: readonly number[], from: number): number => widths.reduce((a, b) => a + b, from)
