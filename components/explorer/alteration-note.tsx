'use client'

import { X } from 'lucide-react'
import type { Alteration } from '../../lib/explorer/alteration.ts'
import { Button } from '../ui/button.tsx'

/** The relation was made anew with other columns while it was looked at. */
export function AlterationNote({ alteration, onRead }: { alteration: Alteration; onRead: () => void }) {
  const { added, removed, retyped } = alteration
  const words = [
    added.length > 0 && `${added.join(', ')} ${added.length === 1 ? 'is' : 'are'} new`,
    removed.length > 0 && `${removed.join(', ')} ${removed.length === 1 ? 'is' : 'are'} gone`,
    retyped.length > 0 && `${retyped.join(', ')} ${retyped.length === 1 ? 'has' : 'have'} another type`,
  ].filter((part) => part !== false)
  return (
    <div
      role="status"
      className="flex items-center gap-3 rounded-xl border border-line-strong bg-surface py-2 pr-2 pl-4 text-sm"
    >
      <p className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <span className="font-semibold">The columns have changed.</span> {words.join('; ')}. The rows are
        those of the new relation.
      </p>
      <Button look="quiet" size="icon" aria-label="Hide this note" onClick={onRead}>
        <X aria-hidden="true" />
      </Button>
    </div>
  )
}
