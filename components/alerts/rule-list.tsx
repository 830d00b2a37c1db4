'use client'

import { Trash2 } from 'lucide-react'
import { type AlertRule, ruleInWords, scopeInWords } from '../../lib/alerts/rule.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { getAlerts } from './alerts.ts'
import { readingsNowS } from './readings-now.ts'

/** The rules of the reader, each with its switch. */
export function RuleList({ rules }: { rules: readonly AlertRule[] }) {
  if (rules.length === 0)
    return <p className="mt-1 text-muted text-sm">There is no rule yet. Make the first one below.</p>
  return (
    <ul className="mt-1 divide-y divide-line">
      {rules.map((rule) => (
        <li key={rule.id} className="flex items-center gap-3 py-1.5 text-sm">
          {/* biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is the control */}
          <label className="flex min-w-0 flex-1 cursor-pointer items-center gap-2.5">
            <Checkbox
              name={`Watch ${ruleInWords(rule)}, ${scopeInWords(rule)}`}
              checked={rule.isOn}
              onChange={(isOn) => void getAlerts().book.setRuleOn(rule.id, isOn, readingsNowS())}
            />
            <span className={rule.isOn ? undefined : 'text-muted'}>
              <span className="font-medium tabular-nums">{ruleInWords(rule)}</span>{' '}
              <span className="text-muted">{scopeInWords(rule)}</span>
            </span>
          </label>
          <Button
            look="quiet"
            size="icon"
            aria-label={`Delete the rule ${ruleInWords(rule)}, ${scopeInWords(rule)}`}
            onClick={() => void getAlerts().book.removeRule(rule.id, readingsNowS())}
          >
            <Trash2 aria-hidden="true" />
          </Button>
        </li>
      ))}
    </ul>
  )
}
