'use client'

import { Download, Pause, Play } from 'lucide-react'
import type { ReactNode } from 'react'
import { toCsvBlob } from '../../lib/browser/csv.ts'
import { download, fileName } from '../../lib/browser/download.ts'
import type { RelationState } from '../../lib/browser/relation-store.ts'
import type { ExplorerView } from '../../lib/explorer/explorer-projection.ts'
import type { Missed } from '../../lib/explorer/live-rows.ts'
import type { Column } from '../../lib/protocol/events.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { formatCount } from '../ui/number.ts'
import { ColumnPicker } from './column-picker.tsx'
import { EmptyRelation } from './empty-relation.tsx'
import type { ExplorerSession } from './explorer-session.ts'
import { LiveTable } from './live-table.tsx'
import type { SetExplorerAddress } from './use-explorer-address.ts'

interface TableCardProps {
  readonly session: ExplorerSession
  readonly state: RelationState<ExplorerView>
  /** All columns that the relation has, streamed or not. */
  readonly allColumns: readonly Column[]
  readonly isPaused: boolean
  readonly setAddress: SetExplorerAddress
  readonly filters: ReactNode
}

/** The rows as they come and go, and what can be done with them. */
export function TableCard({ session, state, allColumns, isPaused, setAddress, filters }: TableCardProps) {
  const { ready, view, columns } = state
  const { rows, store } = { rows: session.projection.rows, store: session.store }
  const togglePause = () => {
    if (isPaused) rows.resume()
    else rows.pause()
    store.refresh()
  }
  const saveCsv = () => {
    const names = columns.map(({ name }) => name)
    const lines = function* () {
      for (const { row, count } of rows.shownRows())
        for (let copy = 0; copy < count; copy += 1) yield names.map((name) => row[name])
    }
    download(fileName(session.query.relation, Date.now(), 'csv'), toCsvBlob(names, lines()))
  }
  return (
    <Card className="overflow-hidden">
      <div className="flex flex-wrap items-center gap-2 px-4 py-3 sm:px-5">
        <h2 className="font-semibold text-[0.9375rem]">Rows</h2>
        <div className="mr-auto min-w-0">{filters}</div>
        {view.rows.missed && <MissedNote missed={view.rows.missed} />}
        <Button onClick={togglePause} aria-pressed={isPaused} disabled={!ready}>
          {isPaused ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />}
          {isPaused ? 'Go on' : 'Pause'}
        </Button>
        <ColumnPicker
          all={allColumns}
          shown={columns}
          onChoose={(chosen) => void setAddress({ columns: chosen && [...chosen] })}
        />
        <Button onClick={saveCsv} disabled={!ready} title="All rows that are held, in this order">
          <Download aria-hidden="true" />
          CSV
        </Button>
      </div>
      {!ready && <div className="skeleton mx-5 mb-5 h-64" />}
      {ready && view.rows.rows.length === 0 && (
        <EmptyRelation relation={session.query.relation} hasFilter={session.query.filters !== undefined} />
      )}
      {ready && view.rows.rows.length > 0 && (
        <LiveTable
          columns={columns}
          rows={view.rows.rows}
          atMs={view.rows.atMs}
          order={view.order}
          onOrder={(sort) => void setAddress({ sort: sort ?? null })}
        />
      )}
    </Card>
  )
}

function MissedNote({ missed: { inserted, retracted } }: { missed: Missed }) {
  return (
    <p className="rounded-full bg-sunken px-3 py-1 text-xs tabular-nums">
      Paused · meanwhile <span className="font-medium">+{formatCount(inserted)}</span>{' '}
      <span className="font-medium">−{formatCount(retracted)}</span> rows
    </p>
  )
}
