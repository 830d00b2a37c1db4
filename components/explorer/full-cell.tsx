'use client'

import { fullText } from '../../lib/explorer/cell-text.ts'
import type { JsonValue } from '../../lib/protocol/row.ts'
import { Dialog } from '../ui/dialog.tsx'
import { formatCount } from '../ui/number.ts'
import { CopyButton } from './copy-button.tsx'

/** A value that a cell has no room for. */
export interface OpenedCell {
  readonly column: string
  readonly value: JsonValue | undefined
}

/** All of a value, as it was when it was opened. */
export function FullCell({ cell, onClose }: { cell: OpenedCell; onClose: () => void }) {
  const text = fullText(cell.value)
  return (
    <Dialog
      title={cell.column}
      description={`${formatCount(text.length)} characters, as they were when you opened them`}
      open
      onOpenChange={onClose}
    >
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-[60vh] overflow-auto whitespace-pre-wrap rounded-lg bg-sunken p-3 text-xs [overflow-wrap:anywhere]"
      >
        {text}
      </pre>
      <div className="mt-3">
        <CopyButton text={text} />
      </div>
    </Dialog>
  )
}
