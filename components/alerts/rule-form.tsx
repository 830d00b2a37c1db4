'use client'

import { type FormEvent, type ReactNode, useId, useRef, useState } from 'react'
import {
  type DraftErrors,
  type DraftField,
  errorsOf,
  NEW_DRAFT,
  type RuleDraft,
  toRule,
} from '../../lib/alerts/draft.ts'
import { MAX_RULES } from '../../lib/alerts/rule.ts'
import { Button } from '../ui/button.tsx'
import { Input } from '../ui/input.tsx'
import { Select } from '../ui/select.tsx'
import { useSelection } from '../view/use-selection.ts'
import { getAlerts } from './alerts.ts'
import { readingsNowS } from './readings-now.ts'

const METRICS = [
  { value: 'pm25', label: 'PM2.5' },
  { value: 'pm10', label: 'PM10' },
] as const
const COMPARISONS = [
  { value: '>', label: 'above' },
  { value: '>=', label: 'at or above' },
  { value: '<', label: 'below' },
  { value: '<=', label: 'at or below' },
] as const

/** Makes a rule. What is wrong is said beside the field, once it has been sent. */
export function RuleForm({ count }: { count: number }) {
  const [draft, setDraft] = useState<RuleDraft>(NEW_DRAFT)
  const [errors, setErrors] = useState<DraftErrors>({})
  const form = useRef<HTMLFormElement>(null)
  const selected = [...useSelection().ids]
  const scopes = [
    { value: 'any' as const, label: 'any sensor' },
    ...(selected.length > 0
      ? [{ value: 'selected' as const, label: `the ${selected.length} selected` }]
      : []),
    { value: 'one' as const, label: 'one sensor' },
  ]
  const set = (part: Partial<RuleDraft>) => {
    const next = { ...draft, ...part }
    setDraft(next)
    // What has been complained of is forgiven as soon as it is right.
    if (Object.keys(errors).length > 0) setErrors(errorsOf(next))
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = errorsOf(draft)
    setErrors(found)
    const [field] = Object.keys(found)
    if (field) {
      form.current?.querySelector<HTMLInputElement>(`[name=${field}]`)?.focus()
      return
    }
    const rule = toRule(draft, {
      id: crypto.getRandomValues(new Uint32Array(2)).join('-'),
      sinceS: readingsNowS(),
      selected,
    })
    void getAlerts().book.addRule(rule)
    setDraft({ ...NEW_DRAFT, metric: draft.metric })
  }
  const text = (name: DraftField) => ({
    name,
    value: draft[name],
    error: errors[name],
    onChange: (value: string) => set({ [name]: value }),
  })
  if (count >= MAX_RULES)
    return <p className="mt-3 text-muted text-sm">There are {MAX_RULES} rules, as many as there may be.</p>
  return (
    <form ref={form} noValidate onSubmit={submit} className="mt-3 rounded-lg bg-sunken p-3">
      <div className="flex flex-wrap items-start gap-x-2 gap-y-3">
        <Select name="Metric" options={METRICS} value={draft.metric} onChange={(metric) => set({ metric })} />
        <Select
          name="Comparison"
          options={COMPARISONS}
          value={draft.comparison}
          onChange={(comparison) => set({ comparison })}
        />
        <TextField label="Limit in micrograms per cubic metre" unit="µg/m³" {...text('threshold')} />
        <TextField label="For how many seconds" before="for" unit="s" {...text('forS')} />
        <Select name="Sensors" options={scopes} value={draft.scope} onChange={(scope) => set({ scope })} />
        {draft.scope === 'one' && <TextField label="Number of the sensor" before="no." {...text('sensor')} />}
        <Button type="submit" look="strong" size="medium" className="ml-auto">
          Add rule
        </Button>
      </div>
    </form>
  )
}

interface TextFieldProps {
  readonly name: string
  readonly label: string
  readonly before?: string
  readonly unit?: ReactNode
  readonly value: string
  readonly error: string | undefined
  readonly onChange: (value: string) => void
}

function TextField({ name, label, before, unit, value, error, onChange }: TextFieldProps) {
  const id = useId()
  return (
    <div>
      <div className="flex items-center gap-1.5 text-muted text-sm">
        {before && <span aria-hidden="true">{before}</span>}
        <Input
          name={name}
          aria-label={label}
          inputMode="decimal"
          autoComplete="off"
          className="w-18"
          value={value}
          aria-invalid={error !== undefined}
          aria-describedby={error ? id : undefined}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
        {unit && <span aria-hidden="true">{unit}</span>}
      </div>
      {error && (
        <p id={id} className="mt-1 max-w-44 text-trouble text-xs">
          {error}
        </p>
      )}
    </div>
  )
}
