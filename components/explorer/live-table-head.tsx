'use client'

import { ArrowDown, ArrowUp } from 'lucide-react'
import { memo } from 'react'
import { isNumber } from '../../lib/explorer/column-kind.ts'
import type { RowOrder } from '../../lib/explorer/row-order.ts'
import type { Column } from '../../lib/protocol/events.ts'
import { classNames } from '../ui/class-names.ts'
import type { ColumnGrid } from './column-widths.ts'

interface LiveTableHeadProps {
  readonly grid: ColumnGrid
  readonly order: RowOrder | undefined
  readonly onOrder: (order: RowOrder | undefined) => void
}

/** Names and types; a click sorts upwards, the next one downwards, and the third as the page would. */
export const LiveTableHead = memo(function LiveTableHead({ grid, order, onOrder }: LiveTableHeadProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: the table is virtual
    <div role="rowgroup" className="sticky top-0 z-10">
      {/* biome-ignore lint/a11y/useSemanticElements: the table is virtual */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: a row is not interactive */}
      <div
        role="row"
        aria-rowindex={1}
        className="grid border-line border-b bg-surface pr-2.5"
        style={{ gridTemplateColumns: grid.template }}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: the table is virtual */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: a header without a button */}
        <div role="columnheader">
          <span className="sr-only">Change</span>
        </div>
        <span />
        {grid.shown.map((column, index) => (
          <HeadCell
            key={column.name}
            column={column}
            position={grid.firstIndex + index + 2}
            order={order}
            onOrder={onOrder}
          />
        ))}
      </div>
    </div>
  )
})

function HeadCell({
  column: { name, type },
  position,
  order,
  onOrder,
}: Pick<LiveTableHeadProps, 'order' | 'onOrder'> & { column: Column; position: number }) {
  const isHere = order?.column === name
  const direction = !isHere ? 'none' : order.isDescending ? 'descending' : 'ascending'
  const next = {
    none: { column: name, isDescending: false },
    ascending: { column: name, isDescending: true },
  }
  const Arrow = direction === 'descending' ? ArrowDown : ArrowUp
  return (
    // biome-ignore lint/a11y/useSemanticElements: the table is virtual
    // biome-ignore lint/a11y/useFocusableInteractive: the button inside is
    <div role="columnheader" aria-sort={direction} aria-colindex={position} className="min-w-0">
      <button
        type="button"
        onClick={() => onOrder(direction === 'descending' ? undefined : next[direction])}
        className={classNames(
          'flex w-full cursor-pointer flex-col px-2.5 py-1.5 hover:bg-sunken focus-visible:-outline-offset-2',
          isNumber(type) ? 'items-end text-right' : 'items-start text-left',
        )}
      >
        <span className="flex max-w-full items-center gap-1 font-medium">
          <span className="truncate" title={name}>
            {name}
          </span>
          {isHere && <Arrow aria-hidden="true" className="size-3.5 shrink-0 text-accent" />}
        </span>
        <span className="max-w-full truncate text-[0.6875rem] text-muted">{type}</span>
      </button>
    </div>
  )
}
