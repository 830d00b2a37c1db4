'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState } from 'react'
import { kindOf } from '../../lib/explorer/column-kind.ts'
import type { LiveRow } from '../../lib/explorer/live-rows.ts'
import type { RowOrder } from '../../lib/explorer/row-order.ts'
import type { Column } from '../../lib/protocol/events.ts'
import { formatCount } from '../ui/number.ts'
import { gridOf, widthsOf } from './column-widths.ts'
import { FullCell, type OpenedCell } from './full-cell.tsx'
import { LiveTableHead } from './live-table-head.tsx'
import { LiveTableRow, ROW_HEIGHT } from './live-table-row.tsx'

const PX_PER_REM = 16

interface LiveTableProps {
  readonly columns: readonly Column[]
  readonly rows: readonly LiveRow[]
  /** When the rows were as they are given. */
  readonly atMs: number
  readonly order: RowOrder | undefined
  /** The column that tells when a row is true of. */
  readonly time: string | undefined
  readonly onOrder: (order: RowOrder | undefined) => void
}

/** Any number of rows, of which those in view are drawn; only what has changed is drawn anew. */
export function LiveTable({ columns, rows, atMs, order, time, onOrder }: LiveTableProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const [opened, setOpened] = useState<OpenedCell>()
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  })
  const isUnixTime = columns.some(({ name, type }) => name === time && kindOf(type) === 'number')
  const unixTime = isUnixTime ? time : undefined
  const widths = useMemo(() => widthsOf(columns, unixTime), [columns, unixTime])
  const horizontal = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (widths[index] ?? 0) * PX_PER_REM,
    overscan: 3,
  })
  const inView = horizontal.getVirtualItems()
  const [first, last] = [inView[0]?.index ?? 0, inView.at(-1)?.index ?? 0]
  const grid = useMemo(() => gridOf(columns, first, last, unixTime), [columns, first, last, unixTime])
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a real table cannot leave out the rows that are not in view */}
      <div
        ref={scroller}
        role="table"
        aria-label={`Rows, ${formatCount(rows.length)}`}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length + 1}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="relative max-h-[min(70vh,44rem)] overflow-auto border-line border-t text-[0.8125rem] focus-visible:-outline-offset-2"
      >
        <div className="min-w-full" style={{ width: grid.width }}>
          <LiveTableHead grid={grid} order={order} onOrder={onOrder} />
          {/* biome-ignore lint/a11y/useSemanticElements: see above */}
          <div role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map(({ index, start }) => {
              const row = rows[index]
              if (!row) return null
              return (
                <LiveTableRow
                  key={`${row.seq}${row.mark?.kind === 'gone' ? ' gone' : ''}`}
                  row={row}
                  index={index}
                  start={start}
                  grid={grid}
                  isMarked={row.mark !== undefined && row.mark.untilMs > atMs}
                  onOpen={setOpened}
                />
              )
            })}
          </div>
        </div>
      </div>
      {opened && <FullCell cell={opened} onClose={() => setOpened(undefined)} />}
    </>
  )
}
