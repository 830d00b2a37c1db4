import { type ChartLine, FEW_LINES } from '../../lib/explorer/chart-picture.ts'
import { lineColour } from './line-colour.ts'
import { formatValue } from './value-words.ts'

/** Which line is which, with the newest value of each; more than a few are told apart by pointing at them. */
export function ValueLegend({ lines }: { lines: readonly ChartLine[] }) {
  if (lines.length < 2 || lines.length > FEW_LINES) return null
  return (
    <ul aria-label="Lines" className="mx-4 mt-1 flex flex-wrap gap-x-4 gap-y-1 text-xs sm:mx-5">
      {lines.map((line) => (
        <li key={line.id} className="flex max-w-56 items-center gap-1.5">
          <span
            aria-hidden="true"
            className="h-0.5 w-3.5 shrink-0 rounded-full"
            style={{ background: lineColour(line) }}
          />
          <span className="truncate text-muted" title={line.label}>
            {line.label}
          </span>
          {line.last !== undefined && (
            <span className="font-medium tabular-nums">{formatValue(line.last)}</span>
          )}
        </li>
      ))}
    </ul>
  )
}
