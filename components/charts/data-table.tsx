import { memo } from 'react'
import { CATEGORY_NAMES, categoryOf, type Metric } from '../../lib/readings/air-quality.ts'
import type { ChartTable, TableColumn } from '../../lib/readings/chart-table.ts'
import { formatConcentration } from '../ui/number.ts'
import { clockTime } from './time-axis.ts'

const SUMS = { lowest: 'Lowest', mean: 'Mean', highest: 'Highest' } as const

interface DataTableProps {
  readonly id: string
  readonly title: string
  readonly metric: Metric
  readonly table: ChartTable
}

/** What a chart shows, for who would rather read it: newest first, and only whole steps of time. */
export const DataTable = memo(function DataTable({ id, title, metric, table }: DataTableProps) {
  const { columns, rows, stepS } = table
  return (
    // Something that scrolls must be reachable by keyboard.
    <section
      id={id}
      aria-label={`${title} as a table`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="mx-5 mt-2 max-h-72 overflow-auto rounded-lg border border-line"
    >
      <table className="w-full text-right text-[0.8125rem] tabular-nums">
        <caption className="px-3 py-2 text-left text-muted text-xs">
          {title}, µg/m³: {columns.some((column) => 'id' in column) ? 'mean of ' : 'all sensors, '}
          {stepS === 1 ? 'each second' : `every ${stepS} seconds`}
        </caption>
        <thead className="sticky top-0 bg-surface text-muted text-xs">
          <tr>
            <th scope="col" className="border-line border-b px-3 py-1.5 text-left font-medium">
              From
            </th>
            {columns.map((column) => (
              <th
                key={keyOf(column)}
                scope="col"
                className="whitespace-nowrap border-line border-b px-3 py-1.5 font-medium"
              >
                {'id' in column ? `Sensor ${column.id}` : SUMS[column.of]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ t, values }) => (
            <tr key={t} className="not-last:border-line not-last:border-b">
              <th scope="row" className="whitespace-nowrap px-3 py-1 text-left font-normal text-muted">
                {clockTime(t)}
              </th>
              {columns.map((column, index) => (
                <Cell key={keyOf(column)} metric={metric} value={values[index] ?? null} />
              ))}
            </tr>
          ))}
          {rows.length === 0 && (
            <tr>
              <td colSpan={columns.length + 1} className="px-3 py-2 text-left text-muted">
                No readings in this time.
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  )
})

function Cell({ metric, value }: { metric: Metric; value: number | null }) {
  if (value === null) {
    return (
      <td className="px-3 py-1 text-muted">
        <span aria-hidden="true">–</span>
        <span className="sr-only">no reading</span>
      </td>
    )
  }
  const category = categoryOf(metric, value)
  return (
    <td className="whitespace-nowrap px-3 py-1" title={CATEGORY_NAMES[category]}>
      {formatConcentration(value)}
    </td>
  )
}

const keyOf = (column: TableColumn) => ('id' in column ? column.id : column.of)
