'use client'

import { type FormEvent, useId, useState } from 'react'
import {
  type Condition,
  canFilter,
  type Operator,
  operatorInWords,
  operatorsFor,
  whyUnfit,
} from '../../lib/explorer/condition.ts'
import type { Column } from '../../lib/protocol/events.ts'
import { Button } from '../ui/button.tsx'
import { Input } from '../ui/input.tsx'
import { Select } from '../ui/select.tsx'

interface FilterFormProps {
  readonly columns: readonly Column[]
  readonly onAdd: (condition: Condition) => void
}

type Choice = Operator | `not.${Operator}`

/** One condition more: a column, how it is compared, and with what. */
export function FilterForm({ columns, onAdd }: FilterFormProps) {
  const id = useId()
  const usable = columns.filter(({ name }) => canFilter(name))
  const [name, setName] = useState(usable[0]?.name)
  const [choice, setChoice] = useState<Choice>('eq')
  const [value, setValue] = useState('')
  const [isTried, setTried] = useState(false)
  const column = usable.find((one) => one.name === name)
  if (!column) return <p className="w-64 text-muted">No column of this relation can be filtered.</p>

  const choices = choicesFor(column)
  const chosen = choices.includes(choice) ? choice : (choices[0] ?? 'eq')
  const operator = operatorOf(chosen)
  const condition = {
    column: column.name,
    operator,
    isNegated: chosen.startsWith('not.'),
    value: value.trim(),
  }
  const given = operator === 'is' && value === '' ? { ...condition, value: 'null' } : condition
  const why = whyUnfit(given, column)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (why === undefined) onAdd(given)
  }
  return (
    <form onSubmit={submit} className="grid w-72 gap-2" noValidate>
      <Select
        name="Column"
        value={column.name}
        options={usable.map((one) => ({ value: one.name, label: one.name }))}
        onChange={setName}
      />
      <Select
        name="Comparison"
        value={chosen}
        options={choices.map((one) => ({ value: one, label: inWords(one) }))}
        onChange={(next) => {
          setChoice(next)
          if (operatorOf(next) !== operator) setValue('')
        }}
      />
      <Input
        aria-label="Value"
        aria-invalid={isTried && why !== undefined}
        aria-describedby={`${id}-hint`}
        placeholder={operator === 'is' ? 'null' : operator === 'in' ? '1, 2, 3' : 'Value'}
        value={value}
        onChange={(event) => setValue(event.target.value)}
      />
      <p id={`${id}-hint`} className={isTried && why ? 'text-trouble text-xs' : 'text-muted text-xs'}>
        {isTried && why ? why : 'Rows have to meet all filters. A comparison with null is never met.'}
      </p>
      <Button type="submit" look="strong" size="normal">
        Add filter
      </Button>
    </form>
  )
}

function choicesFor(column: Column): Choice[] {
  return operatorsFor(column).flatMap((operator): Choice[] =>
    operator === 'in' || operator === 'is' ? [operator, `not.${operator}`] : [operator],
  )
}

const operatorOf = (choice: Choice): Operator => choice.replace('not.', '') as Operator

/** `is` and `eq` read alike, so the one for null says so. */
function inWords(choice: Choice): string {
  const words = operatorInWords(operatorOf(choice), choice.startsWith('not.'))
  return operatorOf(choice) === 'is' ? `${words} (null, true, false)` : words
}
