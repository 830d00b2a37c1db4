'use client'

import { ChartNoAxesColumn } from 'lucide-react'
import dynamic from 'next/dynamic'
import type { ReactNode } from 'react'
import { persistently } from '../../lib/browser/persistently.ts'
import type { RelationState } from '../../lib/browser/relation-store.ts'
import { MAX_LINES } from '../../lib/explorer/chart-source.ts'
import { kindOf } from '../../lib/explorer/column-kind.ts'
import type { ExplorerView } from '../../lib/explorer/explorer-projection.ts'
import { Card } from '../ui/card.tsx'
import { formatCount } from '../ui/number.ts'
import { useElementSize } from '../ui/use-element-size.ts'
import type { ExplorerSession } from './explorer-session.ts'
import { RolePicker } from './role-picker.tsx'
import type { SetExplorerAddress } from './use-explorer-address.ts'
import { useValuePicture } from './use-value-picture.ts'
import { ValueLegend } from './value-legend.tsx'

const ValueChart = dynamic(async () => (await persistently(() => import('./value-chart.tsx'))).ValueChart, {
  ssr: false,
  loading: () => <div className="skeleton absolute inset-0" />,
})

interface ValueCardProps {
  readonly session: ExplorerSession
  readonly state: RelationState<ExplorerView>
  readonly isPaused: boolean
  readonly setAddress: SetExplorerAddress
}

/** The numbers of a relation over time. */
export function ValueCard({ session, state, isPaused, setAddress }: ValueCardProps) {
  const { view } = state
  const { columns = [] } = view
  const ready = view.columns !== undefined
  const [ref, { width, height }] = useElementSize()
  const { roles } = view
  const picture = useValuePicture(session, width, isPaused, roles)
  if (ready && roles.values.length === 0) {
    const hasNumbers = columns.some(({ type }) => kindOf(type) === 'number')
    return (
      <NoNumbers>
        {hasNumbers && <RolePicker columns={columns} roles={roles} setAddress={setAddress} />}
      </NoNumbers>
    )
  }
  const title = roles.values.length > 0 ? roles.values.join(', ') : 'Over time'
  return (
    <Card className="min-w-0 py-3.5">
      <div className="flex flex-wrap items-center gap-2 px-4 sm:px-5">
        <div className="mr-auto min-w-0">
          <h2 className="truncate font-semibold text-[0.9375rem]">{title}</h2>
          <p className="text-muted text-xs">
            {roles.time === undefined ? 'as each value comes' : `over ${roles.time}`}
            {roles.key !== undefined && `, a line for each ${roles.key}`}
            {picture && picture.keys > picture.drawnKeys && (
              <>
                : the first {picture.drawnKeys} of {formatCount(picture.keys)}; filter the rows to see others
              </>
            )}
          </p>
        </div>
        <RolePicker columns={columns} roles={roles} setAddress={setAddress} />
      </div>
      <div ref={ref} className="relative mx-3 mt-3 h-64">
        {picture ? (
          <ValueChart picture={picture} width={width} height={height} title={title} />
        ) : (
          <div className="flex h-full items-center justify-center px-6 text-center text-muted text-sm">
            {!ready && <div className="skeleton absolute inset-0" />}
            {ready && `No number yet. Up to ${MAX_LINES} lines are drawn as values come.`}
          </div>
        )}
      </div>
      {picture && <ValueLegend lines={picture.lines} />}
    </Card>
  )
}

/** `children` is the way to choose, where there is something to choose after all. */
function NoNumbers({ children }: { children: ReactNode }) {
  return (
    <Card className="flex flex-wrap items-center gap-3 px-4 py-3.5 text-sm sm:px-5">
      <ChartNoAxesColumn aria-hidden="true" className="size-5 shrink-0 text-muted" />
      <p className="min-w-0 flex-1 basis-56">
        <span className="font-semibold">There is nothing to draw.</span>{' '}
        <span className="text-muted">
          No column here holds measured numbers; the rows below are live all the same.
        </span>
      </p>
      {children}
    </Card>
  )
}
