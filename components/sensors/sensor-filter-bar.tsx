'use client'

import { ListFilter, X } from 'lucide-react'
import { CATEGORY_NAMES, type Category } from '../../lib/readings/air-quality.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Input } from '../ui/input.tsx'
import { Popover } from '../ui/popover.tsx'
import { useSensorFilter } from '../view/use-sensor-filter.ts'
import { SENSOR_STATES } from '../view/view-params.ts'
import { CategoryDot } from './category-dot.tsx'
import { STATE_NAMES } from './state-names.ts'

const CATEGORIES = Object.keys(CATEGORY_NAMES) as Category[]

/** Which sensors the table and the map show: search, filters, and what of them is in force. */
export function SensorFilterBar() {
  const { filter, isActive, search, toggleCategory, toggleState, clear } = useSensorFilter()
  const { q, categories, states } = filter
  return (
    <>
      <Input
        type="search"
        inputMode="numeric"
        aria-label="Search sensors by number"
        placeholder="Sensor number"
        value={q}
        onChange={({ target }) => search(target.value)}
        className="w-36"
      />
      <Popover
        name="Filter sensors"
        trigger={
          <Button size="medium">
            <ListFilter aria-hidden="true" />
            Filter
          </Button>
        }
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <Choice title="Category">
            {CATEGORIES.map((category) => (
              <Option
                key={category}
                name={CATEGORY_NAMES[category]}
                checked={categories.includes(category)}
                onChange={() => toggleCategory(category)}
              />
            ))}
          </Choice>
          <Choice title="State">
            {SENSOR_STATES.map((state) => (
              <Option
                key={state}
                name={STATE_NAMES[state]}
                checked={states.includes(state)}
                onChange={() => toggleState(state)}
              />
            ))}
          </Choice>
        </div>
      </Popover>
      {categories.map((category) => (
        <Chip key={category} name={CATEGORY_NAMES[category]} onRemove={() => toggleCategory(category)}>
          <CategoryDot category={category} />
        </Chip>
      ))}
      {states.map((state) => (
        <Chip key={state} name={STATE_NAMES[state]} onRemove={() => toggleState(state)} />
      ))}
      {isActive && (
        <Button look="quiet" onClick={clear}>
          Show all
        </Button>
      )}
    </>
  )
}

function Choice({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <fieldset className="grid content-start gap-1">
      <legend className="mb-1 text-muted text-xs">{title}</legend>
      {children}
    </fieldset>
  )
}

function Option({ name, checked, onChange }: { name: string; checked: boolean; onChange: () => void }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox is a button, which a label may hold
    <label className="flex min-h-7 cursor-pointer items-center gap-2">
      <Checkbox name={name} checked={checked} onChange={onChange} />
      {name}
    </label>
  )
}

interface ChipProps {
  readonly name: string
  readonly onRemove: () => void
  readonly children?: React.ReactNode
}

function Chip({ name, onRemove, children }: ChipProps) {
  return (
    <button
      type="button"
      aria-label={`No longer only ${name}`}
      onClick={onRemove}
      className="inline-flex h-7 items-center gap-1.5 rounded-full bg-sunken px-2.5 text-xs hover:text-accent"
    >
      {children}
      {name}
      <X aria-hidden="true" className="size-3" />
    </button>
  )
}
