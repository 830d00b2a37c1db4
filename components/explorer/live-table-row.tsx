'use client'

import { memo } from 'react'
import type { LiveRow } from '../../lib/explorer/live-rows.ts'
import type { Column } from '../../lib/protocol/events.ts'
import { classNames } from '../ui/class-names.ts'
import type { OpenedCell } from './full-cell.tsx'
import { LiveTableCell } from './live-table-cell.tsx'

/** In pixels. */
export const ROW_HEIGHT = 32

interface LiveTableRowProps {
  readonly row: LiveRow
  readonly index: number
  /** From the top of all rows, in pixels. */
  readonly start: number
  readonly columns: readonly Column[]
  readonly template: string
  readonly isMarked: boolean
  readonly onOpen: (cell: OpenedCell) => void
}

const MARKS = {
  new: { sign: '+', words: 'new', look: 'bg-(--live)/12', sign_look: 'text-(--live)' },
  gone: {
    sign: '−',
    words: 'gone',
    look: 'bg-trouble/10 text-muted line-through',
    sign_look: 'text-trouble',
  },
  changed: { sign: '~', words: 'changed', look: '', sign_look: 'text-accent' },
} as const

/** One row, with the sign of what has just happened to it and the number of its copies. */
export const LiveTableRow = memo(function LiveTableRow(props: LiveTableRowProps) {
  const { row, index, start, columns, template, isMarked, onOpen } = props
  const mark = isMarked ? row.mark : undefined
  const look = mark && MARKS[mark.kind]
  const changed = mark?.kind === 'changed' ? mark.columns : undefined
  return (
    // biome-ignore lint/a11y/useSemanticElements: the table is virtual
    // biome-ignore lint/a11y/useFocusableInteractive: a row is not interactive
    <div
      role="row"
      aria-rowindex={index + 2}
      data-mark={mark?.kind}
      className={classNames(
        'absolute inset-x-0 top-0 grid items-center border-line/70 border-b tabular-nums',
        look?.look,
      )}
      style={{ gridTemplateColumns: template, height: ROW_HEIGHT, transform: `translateY(${start}px)` }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: the table is virtual */}
      <div
        role="cell"
        className={classNames(
          'flex items-center justify-end gap-1 pr-1.5',
          changed?.size === 0 && 'rounded bg-accent/15',
        )}
      >
        {look && (
          <span aria-hidden="true" className={classNames('font-bold no-underline', look.sign_look)}>
            {look.sign}
          </span>
        )}
        {look && <span className="sr-only">{look.words}</span>}
        {row.count !== 1 && <span className="text-muted text-xs">×{row.count}</span>}
      </div>
      {columns.map((column) => (
        <LiveTableCell
          key={column.name}
          column={column}
          value={row.row[column.name]}
          isChanged={changed?.has(column.name) ?? false}
          onOpen={onOpen}
        />
      ))}
    </div>
  )
})
