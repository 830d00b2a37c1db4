'use client'

import { useState } from 'react'
import { Checkbox } from '../ui/checkbox.tsx'
import { getAlerts, useAlerts } from './alerts.ts'
import { askToNotify, type NotifyState, notifyState } from './notifications.ts'

const WORDS: Readonly<Record<NotifyState, string>> = {
  default: 'The browser will ask you whether it may.',
  granted: 'Each alert is told once, whichever tab you are in.',
  denied:
    'This browser has been told not to show notifications of this site. Its site settings can allow them.',
  unsupported: 'This browser has no notifications.',
  insecure: 'Browsers show notifications only of sites with https, or of this machine itself.',
}

/** Whether alerts are told outside the page. The browser is asked only when this is switched on. */
export function NotifySwitch() {
  const isWanted = useAlerts().notify
  const [state, setState] = useState<NotifyState>(notifyState)
  const isPossible = state === 'granted' || state === 'default'
  const change = async (isOn: boolean) => {
    const answer = isOn ? await askToNotify() : state
    setState(answer)
    await getAlerts().book.setNotify(isOn && answer === 'granted')
  }
  return (
    <div className="mt-3 text-sm">
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is the control */}
      <label className="flex w-fit cursor-pointer items-center gap-2.5">
        <Checkbox
          name="Notify me outside this page"
          checked={isWanted && state === 'granted'}
          disabled={!isPossible}
          onChange={(isOn) => void change(isOn)}
        />
        Notify me outside this page
      </label>
      <p className="mt-0.5 pl-6.5 text-muted text-xs" role={state === 'denied' ? 'status' : undefined}>
        {WORDS[state]}
      </p>
    </div>
  )
}
