'use client'

import { MonitorUp } from 'lucide-react'
import { Button } from '../ui/button.tsx'
import { useKiosk } from './use-kiosk.ts'
import { useShortcut } from './use-shortcut.ts'

/** Makes the page one for a wall. */
export function KioskButton() {
  const { toggle } = useKiosk()
  useShortcut('kiosk', toggle)
  return (
    <Button look="quiet" size="icon" aria-label="Kiosk view" title="Kiosk view, for a wall" onClick={toggle}>
      <MonitorUp aria-hidden="true" />
    </Button>
  )
}
