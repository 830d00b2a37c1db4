'use client'

import { type SortingState, useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { memo, useMemo, useRef, useState } from 'react'
import { endOfLastMinutes } from '../../lib/readings/last-minutes.ts'
import type { SensorNow } from '../../lib/readings/overview.ts'
import { useHighlight } from '../live/highlight.tsx'
import { useReadingsPart } from '../live/use-readings-part.ts'
import { useSelection } from '../view/use-selection.ts'
import { COLUMN_LOOKS, sensorColumns, sensorFeatures } from './sensor-columns.ts'
import { ROW_PX, SensorRow } from './sensor-row.tsx'
import { useHold } from './use-hold.ts'
import { useLatched } from './use-latched.ts'

/** So many rows are cheap enough to be all there: the browser's own search finds them. */
const ALL_ROWS = 60
const OVERSCAN = 12
/** Rows change places at most once a second. */
const ORDER_MS = 1_000
const HEADING_ROWS = 1

interface SensorTableProps {
  /** Those that are wanted, ordered by id. */
  readonly sensors: readonly SensorNow[]
  /** Changes when others are wanted: the order is then found anew at once. */
  readonly filterKey: string
  /** Its height; more rows are scrolled to. */
  readonly className: string
  /** The id of the element that names the table. */
  readonly labelledBy: string
  readonly onHeld: (held: boolean) => void
}

/**
 * All sensors, of which only the rows in sight are in the page. Values are always the newest; the order stands still
 * while the reader points at a row or has the focus in one, so that nobody presses the row that came instead.
 */
export const SensorTable = memo(function SensorTable({
  sensors,
  filterKey,
  className,
  labelledBy,
  onHeld,
}: SensorTableProps) {
  const [sorting, setSorting] = useState<SortingState>([{ id: 'id', desc: false }])
  const { held, holders } = useHold(onHeld)
  const key = `${filterKey} ${sorting.map(({ id, desc }) => `${id}${desc}`).join()}`
  const ordered = useLatched(sensors, { intervalMs: ORDER_MS, held, key })
  const table = useTable({
    features: sensorFeatures,
    columns: sensorColumns,
    data: ordered,
    state: { sorting },
    onSortingChange: setSorting,
    getRowId: ({ id }) => String(id),
    enableSortingRemoval: false,
    enableMultiSort: false,
  })
  const { rows } = table.getRowModel()
  const newest = useMemo(() => new Map(sensors.map((sensor) => [sensor.id, sensor])), [sensors])
  const lines = useReadingsPart(({ view }) => view.lines)
  const series = useMemo(() => new Map(lines.map((one) => [one.id, one])), [lines])
  const scroller = useRef<HTMLElement>(null)
  const virtualizer = useVirtualizer({
    count: rows.length,
    enabled: rows.length > ALL_ROWS,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: OVERSCAN,
  })
  const items = rows.length > ALL_ROWS ? virtualizer.getVirtualItems() : rows.map((_, index) => ({ index }))
  const first = items[0]?.index ?? 0
  const after = rows.length - (items.at(-1)?.index ?? -1) - 1
  const { id: highlightedId, point } = useHighlight()
  const { ids, isFull, toggle } = useSelection()
  return (
    <section
      ref={scroller}
      aria-labelledby={labelledBy}
      className={`@container relative overflow-auto overscroll-contain ${className}`}
    >
      <table
        aria-labelledby={labelledBy}
        aria-rowcount={rows.length + HEADING_ROWS}
        className="w-full table-fixed text-[0.8125rem] tabular-nums"
      >
        <thead className="sticky top-0 z-10 bg-surface text-muted text-xs">
          <tr aria-rowindex={1} className="shadow-[inset_0_-1px_var(--line)]">
            <th scope="col" className="w-10 sm:w-11">
              <span className="sr-only">In the charts</span>
            </th>
            {table
              .getHeaderGroups()
              .flatMap(({ headers }) =>
                headers.map(({ column }) => (
                  <Heading
                    key={column.id}
                    id={column.id}
                    name={String(column.columnDef.header)}
                    sorted={column.getIsSorted()}
                    {...(column.getCanSort() && { onSort: () => column.toggleSorting() })}
                  />
                )),
              )}
          </tr>
        </thead>
        <tbody {...holders}>
          <Spacer rows={first} />
          {items.map(({ index }) => {
            const row = rows[index]
            if (!row) return null
            const { id, state, isUnsure, category, last, ageS } = newest.get(row.original.id) ?? row.original
            const held = series.get(id)
            return (
              <SensorRow
                key={id}
                id={id}
                state={state}
                isUnsure={isUnsure}
                category={category}
                series={held}
                // Without a line there is nothing that moves on with the time.
                lineToS={held ? endOfLastMinutes(id, last.timestamp + ageS) : 0}
                pm25={last.pm25}
                pm10={last.pm10}
                ageS={Math.floor(ageS)}
                rowIndex={index + 1 + HEADING_ROWS}
                highlighted={id === highlightedId}
                selected={ids.has(id)}
                isFull={isFull}
                onPoint={point}
                onToggle={toggle}
              />
            )
          })}
          <Spacer rows={after} />
        </tbody>
      </table>
    </section>
  )
})

/** Keeps the place of rows that are out of sight. */
function Spacer({ rows }: { rows: number }) {
  if (rows <= 0) return null
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus
    <tr aria-hidden="true">
      <td colSpan={sensorColumns.length + 1} style={{ height: rows * ROW_PX }} />
    </tr>
  )
}

interface HeadingProps {
  readonly id: string
  readonly name: string
  readonly sorted: false | 'asc' | 'desc'
  /** Not given where there is nothing to sort by. */
  readonly onSort?: () => void
}

function Heading({ id, name, sorted, onSort }: HeadingProps) {
  const isRight = COLUMN_LOOKS[id]?.includes('text-right')
  if (!onSort)
    return (
      <th scope="col" className={`font-normal ${COLUMN_LOOKS[id]}`}>
        {name}
      </th>
    )
  return (
    <th
      scope="col"
      aria-sort={sorted === false ? 'none' : sorted === 'asc' ? 'ascending' : 'descending'}
      className={`font-normal ${COLUMN_LOOKS[id]}`}
    >
      <button
        type="button"
        onClick={onSort}
        className={`inline-flex h-9 items-center gap-1 hover:text-ink ${isRight ? 'flex-row-reverse' : ''} ${sorted ? 'font-medium text-ink' : ''}`}
      >
        {name}
        {sorted === 'asc' && <ArrowUp aria-hidden="true" className="size-3" />}
        {sorted === 'desc' && <ArrowDown aria-hidden="true" className="size-3" />}
      </button>
    </th>
  )
}
