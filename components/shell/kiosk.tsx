'use client'

import dynamic from 'next/dynamic'
import type { ReactNode } from 'react'
import { persistently } from '../../lib/browser/persistently.ts'
import { useKiosk } from './use-kiosk.ts'

const KioskControls = dynamic(
  async () => (await persistently(() => import('./kiosk-controls.tsx'))).KioskControls,
  {
    ssr: false,
  },
)

/** Around the page: larger type where it hangs on a wall, and what keeps it there for days. */
export function Kiosk({ children }: { children: ReactNode }) {
  const { isKiosk } = useKiosk()
  // The marker is looked for by the style sheet, so that the first picture has the right size already.
  return (
    <div data-kiosk={isKiosk || undefined}>
      {children}
      {isKiosk && <KioskControls />}
    </div>
  )
}
