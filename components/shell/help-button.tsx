'use client'

import { CircleQuestionMark } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { persistently } from '../../lib/browser/persistently.ts'
import { Button } from '../ui/button.tsx'
import { useShortcut } from './use-shortcut.ts'

const KeySheet = dynamic(async () => (await persistently(() => import('./key-sheet.tsx'))).KeySheet, {
  ssr: false,
})

/** Opens the sheet of all keys. */
export function HelpButton() {
  const [isOpen, setOpen] = useState(false)
  useShortcut('help', () => setOpen(true))
  return (
    <>
      <Button
        look="quiet"
        size="icon"
        aria-label="Keys"
        title="Keys (?)"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <CircleQuestionMark aria-hidden="true" />
      </Button>
      {isOpen && <KeySheet onClose={() => setOpen(false)} />}
    </>
  )
}
