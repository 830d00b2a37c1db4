'use client'

import { Ellipsis } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { Popover } from '../ui/popover.tsx'
import { HelpButton } from './help-button.tsx'
import { KioskButton } from './kiosk-button.tsx'
import { ThemeSwitch } from './theme-switch.tsx'

/** On a phone: what has no room in the header, and what else it is given. */
export function MoreMenu({ children }: { children?: ReactNode }) {
  return (
    <Popover
      name="More"
      trigger={
        <Button look="quiet" size="icon" aria-label="More">
          <Ellipsis aria-hidden="true" />
        </Button>
      }
    >
      <div className="flex items-center gap-2">
        <ThemeSwitch />
        <KioskButton />
        <HelpButton />
        {children}
      </div>
    </Popover>
  )
}
