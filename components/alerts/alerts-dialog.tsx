'use client'

import { Dialog } from '../ui/dialog.tsx'
import { AlertList } from './alert-list.tsx'
import { useAlerts } from './alerts.ts'
import { NotifySwitch } from './notify-switch.tsx'
import { RuleForm } from './rule-form.tsx'
import { RuleList } from './rule-list.tsx'

/** The rules, what is firing, and what has been. */
export function AlertsDialog({ onClose }: { onClose: () => void }) {
  const { rules, alerts } = useAlerts()
  return (
    <Dialog
      title="Alerts"
      description="Rules are kept in this browser and are watched while a tab with the readings is open, also in the background."
      open
      onOpenChange={onClose}
    >
      <section aria-labelledby="alert-rules">
        <h3 id="alert-rules" className="font-semibold text-sm">
          Rules
        </h3>
        <RuleList rules={rules} />
        <RuleForm count={rules.length} />
        <NotifySwitch />
      </section>
      <AlertList alerts={alerts} />
    </Dialog>
  )
}
