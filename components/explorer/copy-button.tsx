'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from '../ui/button.tsx'

const SAID_MS = 2_000

/** Puts a text on the clipboard, and says whether that went well. */
export function CopyButton({ text, name = 'Copy' }: { text: string; name?: string }) {
  const [outcome, setOutcome] = useState<'copied' | 'refused'>()
  useEffect(() => {
    if (!outcome) return
    const timer = setTimeout(() => setOutcome(undefined), SAID_MS)
    return () => clearTimeout(timer)
  }, [outcome])
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setOutcome('copied')
    } catch {
      // There is no clipboard without https, or the reader has forbidden it: the text can still be selected.
      setOutcome('refused')
    }
  }
  return (
    <Button onClick={() => void copy()}>
      {outcome === 'copied' ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
      <span aria-live="polite">
        {outcome === 'copied' ? 'Copied' : outcome === 'refused' ? 'Select it to copy' : name}
      </span>
    </Button>
  )
}
