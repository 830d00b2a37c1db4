'use client'

import { cellText, fullText, isCut } from '../../lib/explorer/cell-text.ts'
import { isNumber, toTimeMs } from '../../lib/explorer/column-kind.ts'
import type { Column } from '../../lib/protocol/events.ts'
import type { JsonValue } from '../../lib/protocol/row.ts'
import { clockTime, dayTime } from '../charts/time-axis.ts'
import { classNames } from '../ui/class-names.ts'
import type { OpenedCell } from './full-cell.tsx'

interface LiveTableCellProps {
  readonly column: Column
  /** Among all columns, the one of the signs being the first. */
  readonly position: number
  readonly value: JsonValue | undefined
  readonly isChanged: boolean
  readonly isUnixTime: boolean
  readonly onOpen: (cell: OpenedCell) => void
}

/** A value in one line; what is longer opens on a click. */
export function LiveTableCell({
  column,
  position,
  value,
  isChanged,
  isUnixTime,
  onOpen,
}: LiveTableCellProps) {
  const text = cellText(value)
  const isNull = value === null || value === undefined
  const timeMs = isUnixTime ? toTimeMs(value, column.type) : undefined
  return (
    // biome-ignore lint/a11y/useSemanticElements: the table is virtual
    <div
      role="cell"
      aria-colindex={position}
      data-changed={isChanged || undefined}
      className={classNames(
        'min-w-0 truncate rounded px-2.5 leading-7',
        isNumber(column.type) && 'text-right',
        isNull && 'text-muted italic',
        isChanged && 'bg-accent/15 font-medium',
      )}
      title={isNull || isCut(value) ? undefined : fullText(value)}
    >
      {isCut(value) ? (
        <button
          type="button"
          aria-label={`All of ${column.name}: ${text.slice(0, 40)}`}
          onClick={() => onOpen({ column: column.name, value })}
          className="block h-6 max-w-full cursor-pointer truncate rounded text-left font-mono text-xs underline decoration-line-strong decoration-dotted underline-offset-4 hover:bg-sunken"
        >
          {text}
        </button>
      ) : (
        text
      )}
      {timeMs !== undefined && <span className="ml-2 text-muted text-xs">{timeInWords(timeMs)}</span>}
    </div>
  )
}

const DAY_MS = 86_400_000

/** A Unix time as one reads it; without its day where that is plain. */
function timeInWords(ms: number): string {
  const isNear = Math.abs(Date.now() - ms) < DAY_MS / 2
  return (isNear ? clockTime : dayTime)(ms / 1000)
}
