'use client'

import { Columns3 } from 'lucide-react'
import type { Column } from '../../lib/protocol/events.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Popover } from '../ui/popover.tsx'

interface ColumnPickerProps {
  readonly all: readonly Column[]
  readonly shown: readonly Column[]
  /** Null for all columns. */
  readonly onChoose: (columns: readonly string[] | null) => void
}

/** Which columns are streamed. Rows that differ in none of them are one row with a count. */
export function ColumnPicker({ all, shown, onChoose }: ColumnPickerProps) {
  const names = new Set(shown.map(({ name }) => name))
  // Before the rows are there, none is shown, and none was chosen.
  const isPart = shown.length > 0 && shown.length < all.length
  const choose = (name: string, isShown: boolean) => {
    const chosen = all.flatMap((column) =>
      (column.name === name ? isShown : names.has(column.name)) ? [column.name] : [],
    )
    onChoose(chosen.length === all.length ? null : chosen)
  }
  return (
    <Popover
      name="Columns"
      trigger={
        <Button disabled={shown.length === 0}>
          <Columns3 aria-hidden="true" />
          <span className="max-sm:sr-only">
            {isPart ? `${shown.length} of ${all.length} columns` : 'Columns'}
          </span>
          {isPart && (
            <span aria-hidden="true" className="tabular-nums sm:hidden">
              {shown.length}/{all.length}
            </span>
          )}
        </Button>
      }
    >
      <div className="w-72">
        <p className="mb-2 text-muted text-xs">
          Only these are streamed. Rows that differ in none of them become one row with a count.
        </p>
        <ul className="max-h-80 overflow-y-auto">
          {all.map(({ name, type }) => (
            <li key={name}>
              {/* biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is the control */}
              <label className="flex cursor-pointer items-center gap-2.5 rounded-md px-1.5 py-1 hover:bg-sunken">
                <Checkbox
                  name={name}
                  checked={names.has(name)}
                  disabled={names.size === 1 && names.has(name)}
                  onChange={(isShown) => choose(name, isShown)}
                />
                <span className="min-w-0 flex-1 truncate">{name}</span>
                <span className="shrink-0 text-muted text-xs">{type}</span>
              </label>
            </li>
          ))}
        </ul>
        {isPart && (
          <Button look="quiet" className="mt-2" onClick={() => onChoose(null)}>
            Show all
          </Button>
        )}
      </div>
    </Popover>
  )
}
