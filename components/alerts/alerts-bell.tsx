'use client'

import { Bell } from 'lucide-react'
import { Button } from '../ui/button.tsx'

/** How many alerts are firing, and the way to them. */
export function AlertsBell() {
  return (
    <Button look="quiet" size="icon" aria-label="Alerts">
      <Bell aria-hidden="true" />
    </Button>
  )
}
