'use client'

import { memo } from 'react'
import type { LiveRow } from '../../lib/explorer/live-rows.ts'
import { classNames } from '../ui/class-names.ts'
import type { ColumnGrid } from './column-widths.ts'
import type { OpenedCell } from './full-cell.tsx'
import { LiveTableCell } from './live-table-cell.tsx'

/** In pixels. */
export const ROW_HEIGHT = 32

interface LiveTableRowProps {
  readonly row: LiveRow
  readonly index: number
  /** From the top of all rows, in pixels. */
  readonly start: number
  readonly grid: ColumnGrid
  readonly isMarked: boolean
  readonly onOpen: (cell: OpenedCell) => void
}

const MARKS = {
  new: { sign: '+', words: 'new', look: 'bg-(--live)/12', signLook: 'text-(--live)' },
  gone: {
    sign: '−',
    words: 'gone',
    look: 'bg-trouble/10 text-muted line-through',
    signLook: 'text-trouble',
  },
  changed: { sign: '~', words: 'changed', look: '', signLook: 'text-accent' },
} as const

/** One row in its place. It moves often, and is drawn anew only when something has happened to it. */
export function LiveTableRow({ row, index, start, grid, isMarked, onOpen }: LiveTableRowProps) {
  const mark = isMarked ? row.mark : undefined
  return (
    // biome-ignore lint/a11y/useSemanticElements: the table is virtual
    // biome-ignore lint/a11y/useFocusableInteractive: a row is not interactive
    <div
      role="row"
      aria-rowindex={index + 2}
      data-mark={mark?.kind}
      className={classNames(
        'absolute inset-x-0 top-0 grid items-center border-line/70 border-b pr-2.5 tabular-nums',
        mark && MARKS[mark.kind].look,
      )}
      style={{
        gridTemplateColumns: grid.template,
        height: ROW_HEIGHT,
        transform: `translateY(${start}px)`,
      }}
    >
      <Cells row={row} grid={grid} isMarked={isMarked} onOpen={onOpen} />
    </div>
  )
}

/** The sign of what has just happened, the number of copies, and the values. */
const Cells = memo(function Cells({
  row,
  grid,
  isMarked,
  onOpen,
}: Omit<LiveTableRowProps, 'index' | 'start'>) {
  const mark = isMarked ? row.mark : undefined
  const look = mark && MARKS[mark.kind]
  const changed = mark?.kind === 'changed' ? mark.columns : undefined
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: the table is virtual */}
      <div
        role="cell"
        aria-colindex={1}
        className={classNames(
          'flex items-center justify-end gap-1 pr-1.5',
          changed?.size === 0 && 'rounded bg-accent/15',
        )}
      >
        {look && (
          <span aria-hidden="true" className={classNames('font-bold no-underline', look.signLook)}>
            {look.sign}
          </span>
        )}
        {look && <span className="sr-only">{look.words}</span>}
        {row.count !== 1 && <span className="text-muted text-xs">×{row.count}</span>}
      </div>
      <span />
      {grid.shown.map((column, index) => (
        <LiveTableCell
          key={column.name}
          column={column}
          position={grid.firstIndex + index + 2}
          value={row.row[column.name]}
          isChanged={changed?.has(column.name) ?? false}
          isUnixTime={column.name === grid.unixTime}
          onOpen={onOpen}
        />
      ))}
    </>
  )
})
