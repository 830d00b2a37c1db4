'use client'

import { Expand, LogOut, Shrink } from 'lucide-react'
import { useEffect } from 'react'
import { onOtherBuild } from '../../lib/browser/server-build.ts'
import { Button } from '../ui/button.tsx'
import { useFullScreen } from './use-full-screen.ts'
import { useIdle } from './use-idle.ts'
import { useKiosk } from './use-kiosk.ts'
import { useShortcut } from './use-shortcut.ts'
import { useWakeLock, type WakeState } from './use-wake-lock.ts'

/** The pointer and the controls go away after this time without a touch. */
const IDLE_MS = 8_000
const LOOK_EVERY_MS = 60_000

const WAKE_WORDS: Readonly<Record<WakeState, string>> = {
  asking: 'Asking the browser to keep the screen on…',
  awake: 'The screen stays on.',
  refused: 'The browser would not keep the screen on: see its energy settings.',
  insecure:
    'This screen may fall asleep: browsers keep it on only for sites with https, or of this machine itself.',
  unsupported: 'This screen may fall asleep: this browser cannot keep it on.',
}

/** What a page on a wall can do, shown only to who touches it; and a new page whenever the server has one. */
export function KioskControls() {
  const { toggle } = useKiosk()
  const wake = useWakeLock()
  const isIdle = useIdle(IDLE_MS)
  const fullScreen = useFullScreen()
  useShortcut('kiosk', toggle)
  useShortcut('fullScreen', fullScreen.toggle)
  useEffect(() => onOtherBuild(() => location.reload(), LOOK_EVERY_MS), [])
  const Icon = fullScreen.isFull ? Shrink : Expand
  return (
    <aside
      aria-label="Kiosk"
      data-idle={isIdle || undefined}
      className="fixed right-4 bottom-4 z-30 flex max-w-[calc(100vw-2rem)] flex-wrap items-center justify-end gap-2 rounded-xl border border-line bg-raised p-2 pl-4 shadow-lg transition-opacity focus-within:opacity-100 data-idle:not-focus-within:opacity-0 motion-reduce:transition-none"
    >
      <p className="text-muted text-xs" data-wake={wake}>
        {WAKE_WORDS[wake]}
      </p>
      {fullScreen.isPossible && (
        <Button onClick={fullScreen.toggle}>
          <Icon aria-hidden="true" />
          {fullScreen.isFull ? 'Leave full screen' : 'Full screen'}
        </Button>
      )}
      <Button onClick={toggle}>
        <LogOut aria-hidden="true" />
        Leave kiosk view
      </Button>
    </aside>
  )
}
