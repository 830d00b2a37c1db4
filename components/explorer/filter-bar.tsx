'use client'

import { ListFilter, X } from 'lucide-react'
import { type Condition, conditionInWords, formatConditions } from '../../lib/explorer/condition.ts'
import type { Column } from '../../lib/protocol/events.ts'
import { Button } from '../ui/button.tsx'
import { Popover } from '../ui/popover.tsx'
import { FilterForm } from './filter-form.tsx'
import type { SetExplorerAddress } from './use-explorer-address.ts'

interface FilterBarProps {
  readonly columns: readonly Column[]
  readonly conditions: readonly Condition[]
  readonly setAddress: SetExplorerAddress
}

/** The conditions that rows have to meet, all of them; they are checked where the stream comes from. */
export function FilterBar({ columns, conditions, setAddress }: FilterBarProps) {
  const set = (next: readonly Condition[]) => void setAddress({ where: next.length > 0 ? [...next] : null })
  return (
    <div className="flex flex-wrap items-center gap-2">
      {conditions.map((condition, index) => (
        <span
          key={formatConditions([condition])}
          className="inline-flex max-w-full items-center rounded-full bg-sunken py-0.5 pr-0.5 pl-3 text-xs"
        >
          <span className="truncate">{conditionInWords(condition)}</span>
          <button
            type="button"
            aria-label={`Remove the filter: ${conditionInWords(condition)}`}
            onClick={() => set(conditions.filter((_, other) => other !== index))}
            className="ml-1 flex size-6 cursor-pointer items-center justify-center rounded-full hover:bg-line"
          >
            <X aria-hidden="true" className="size-3.5" />
          </button>
        </span>
      ))}
      <Popover
        name="Add a filter"
        trigger={
          <Button look="quiet" disabled={columns.length === 0}>
            <ListFilter aria-hidden="true" />
            Filter
          </Button>
        }
      >
        <FilterForm columns={columns} onAdd={(condition) => set([...conditions, condition])} />
      </Popover>
    </div>
  )
}
