'use client'

import { Settings2 } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ChartRoles } from '../../lib/explorer/chart-roles.ts'
import { MAX_LINES } from '../../lib/explorer/chart-source.ts'
import { kindOf } from '../../lib/explorer/column-kind.ts'
import type { Column } from '../../lib/protocol/events.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Popover } from '../ui/popover.tsx'
import { Select } from '../ui/select.tsx'
import type { SetExplorerAddress } from './use-explorer-address.ts'

/** A column cannot be called so in a select, where an empty value means that nothing is chosen. */
const NONE = '\0none'

interface RolePickerProps {
  readonly columns: readonly Column[]
  readonly roles: ChartRoles
  readonly setAddress: SetExplorerAddress
}

/** Which columns are drawn: guessed at first, and as the reader chooses then. */
export function RolePicker({ columns, roles, setAddress }: RolePickerProps) {
  const numbers = columns.filter(({ type }) => kindOf(type) === 'number')
  const times = columns.filter(({ type }) => ['time', 'number'].includes(kindOf(type)))
  const options = (some: readonly Column[], none: string) => [
    { value: NONE, label: none },
    ...some.map(({ name }) => ({ value: name, label: name })),
  ]
  const toggle = (name: string, isShown: boolean) => {
    const values = isShown ? [...roles.values, name] : roles.values.filter((value) => value !== name)
    if (values.length > 0 && values.length <= MAX_LINES) void setAddress({ values })
  }
  return (
    <Popover
      name="What is drawn"
      trigger={
        <Button disabled={columns.length === 0}>
          <Settings2 aria-hidden="true" />
          What is drawn
        </Button>
      }
    >
      <div className="grid w-64 gap-3">
        <fieldset>
          <legend className="mb-1 text-muted text-xs">Values</legend>
          <ul className="max-h-48 overflow-y-auto">
            {numbers.map(({ name }) => (
              <li key={name}>
                {/* biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is the control */}
                <label className="flex cursor-pointer items-center gap-2.5 rounded-md px-1.5 py-1 hover:bg-sunken">
                  <Checkbox
                    name={name}
                    checked={roles.values.includes(name)}
                    onChange={(isShown) => toggle(name, isShown)}
                  />
                  <span className="truncate">{name}</span>
                </label>
              </li>
            ))}
          </ul>
        </fieldset>
        <Choice label="A line for each">
          <Select
            name="A line for each"
            value={roles.key ?? NONE}
            options={options(columns, 'one line for all rows')}
            onChange={(key) => void setAddress({ key: key === NONE ? '' : key })}
          />
        </Choice>
        <Choice label="Time">
          <Select
            name="Time"
            value={roles.time ?? NONE}
            options={options(times, 'when the value came')}
            onChange={(time) => void setAddress({ time: time === NONE ? '' : time })}
          />
        </Choice>
        <Button look="quiet" onClick={() => void setAddress({ values: null, key: null, time: null })}>
          As guessed
        </Button>
      </div>
    </Popover>
  )
}

function Choice({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid gap-1">
      <span aria-hidden="true" className="text-muted text-xs">
        {label}
      </span>
      {children}
    </div>
  )
}
