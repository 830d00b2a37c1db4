'use client'

import { Bell, BellRing } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { isFiring } from '../../lib/alerts/alert.ts'
import { persistently } from '../../lib/browser/persistently.ts'
import { usePageTitle } from '../shell/page-title.ts'
import { useShortcut } from '../shell/use-shortcut.ts'
import { Button } from '../ui/button.tsx'
import { formatCount } from '../ui/number.ts'
import { useAlerts } from './alerts.ts'

const AlertsDialog = dynamic(
  async () => (await persistently(() => import('./alerts-dialog.tsx'))).AlertsDialog,
  {
    ssr: false,
  },
)

/** How many alerts are firing, and the way to them. */
export function AlertsBell() {
  const [isOpen, setOpen] = useState(false)
  const firing = useAlerts().alerts.filter(isFiring).length
  useShortcut('alerts', () => setOpen(true))
  usePageTitle('alerts', firing > 0 ? `(${firing})` : undefined)
  const Icon = firing > 0 ? BellRing : Bell
  return (
    <>
      <Button
        look={firing > 0 ? 'trouble' : 'quiet'}
        size="icon"
        aria-label={firing > 0 ? `Alerts: ${formatCount(firing)} firing` : 'Alerts'}
        title="Alerts (a)"
        aria-haspopup="dialog"
        className="relative"
        onClick={() => setOpen(true)}
      >
        <Icon aria-hidden="true" />
        {firing > 0 && (
          <span
            aria-hidden="true"
            className="absolute -top-0.5 -right-1 min-w-4 rounded-full bg-trouble px-1 text-center font-semibold text-[0.625rem] text-surface tabular-nums leading-4"
          >
            {firing > 99 ? '99+' : firing}
          </span>
        )}
      </Button>
      {isOpen && <AlertsDialog onClose={() => setOpen(false)} />}
    </>
  )
}
