'use client'

import { Download } from 'lucide-react'
import { useState } from 'react'
import { breathe } from '../../lib/browser/breathe.ts'
import { csvParts, toBlob } from '../../lib/browser/csv.ts'
import { download, fileName } from '../../lib/browser/download.ts'
import type { LiveRow } from '../../lib/explorer/live-rows.ts'
import type { Column } from '../../lib/protocol/events.ts'
import { rowsOf } from '../../lib/protocol/rows-of.ts'
import { Button } from '../ui/button.tsx'

interface SaveRowsProps {
  readonly relation: string
  readonly columns: readonly Column[]
  readonly rows: readonly LiveRow[]
  readonly disabled: boolean
}

/** All rows of the table as a file, also those that are not in view; those that are going left out. */
export function SaveRows({ relation, columns, rows, disabled }: SaveRowsProps) {
  const [isBusy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    const parts: string[] = []
    for (const part of csvParts(
      columns.map(({ name }) => name),
      cellsOf(columns, rows),
    )) {
      parts.push(part)
      await breathe()
    }
    download(fileName(relation, Date.now(), 'csv'), toBlob(parts))
    setBusy(false)
  }
  return (
    <Button
      onClick={() => void save()}
      disabled={disabled || isBusy}
      title="All rows that are held, in this order"
    >
      <Download aria-hidden="true" />
      <span className="max-sm:sr-only">CSV</span>
    </Button>
  )
}

function* cellsOf(columns: readonly Column[], rows: readonly LiveRow[]): Generator<unknown[]> {
  const staying = rows.filter(({ mark }) => mark?.kind !== 'gone')
  for (const row of rowsOf(staying)) yield columns.map(({ name }) => row[name])
}
