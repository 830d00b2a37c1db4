'use client'

import { Pause, Play } from 'lucide-react'
import type { ReactNode } from 'react'
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
import { ProgressNote } from './progress-note.tsx'
import { SaveRows } from './save-rows.tsx'
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
  const { view } = state
  const { columns = [] } = view
  const ready = view.columns !== undefined
  const { projection, store } = session
  const togglePause = () => {
    if (isPaused) projection.resume()
    else projection.pause()
    store.refresh()
  }
  return (
    <Card className="overflow-hidden">
      <div className="flex flex-wrap items-center gap-2 px-4 py-3 sm:px-5">
        <h2 className="font-semibold text-[0.9375rem]">Rows</h2>
        <div className="mr-auto min-w-0">{filters}</div>
        {view.rows.missed && <MissedNote missed={view.rows.missed} />}
        <Button onClick={togglePause} aria-pressed={isPaused} disabled={!ready}>
          {isPaused ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />}
          <span className="max-sm:sr-only">{isPaused ? 'Go on' : 'Pause'}</span>
        </Button>
        <ColumnPicker
          all={allColumns}
          shown={columns}
          onChoose={(chosen) => void setAddress({ columns: chosen && [...chosen] })}
        />
        <SaveRows
          relation={session.query.relation}
          columns={columns}
          rows={view.rows.rows}
          disabled={!ready}
        />
      </div>
      {view.progress && <ProgressNote progress={view.progress} />}
      {!ready && !view.progress && <div className="skeleton mx-5 mb-5 h-64" />}
      {ready && view.rows.rows.length === 0 && (
        <EmptyRelation relation={session.query.relation} hasFilter={session.query.filters !== undefined} />
      )}
      {ready && view.rows.rows.length > 0 && (
        <LiveTable
          columns={columns}
          rows={view.rows.rows}
          atMs={view.rows.atMs}
          order={view.order}
          time={view.roles.time}
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
