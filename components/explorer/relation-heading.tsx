'use client'

import { ChevronLeft } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import type { RelationState } from '../../lib/browser/relation-store.ts'
import type { ListedRelation } from '../../lib/browser/relations.ts'
import type { ExplorerView } from '../../lib/explorer/explorer-projection.ts'
import { clockTime } from '../charts/time-axis.ts'
import { formatCount, formatSeconds } from '../ui/number.ts'
import type { ExplorerSession } from './explorer-session.ts'

interface RelationHeadingProps {
  readonly session: ExplorerSession
  readonly state: RelationState<ExplorerView>
  readonly facts: ListedRelation | undefined
}

/** Which relation it is, and how exact what is shown of it is. */
export function RelationHeading({ session, state, facts }: RelationHeadingProps) {
  const { asOfMs, clockOffsetMs, view, lastEventId } = state
  const ready = view.columns !== undefined
  const { relation, filters, columns } = session.query
  const isPart = Boolean(filters || columns)
  return (
    <div>
      <Link
        href="/relations"
        prefetch={false}
        className="inline-flex items-center gap-0.5 rounded text-muted text-xs hover:text-ink"
      >
        <ChevronLeft aria-hidden="true" className="size-3.5" />
        All relations
      </Link>
      <h1 className="mt-0.5 font-semibold text-xl tracking-tight [overflow-wrap:anywhere]">{relation}</h1>
      <dl className="mt-1.5 flex min-h-5 flex-wrap gap-x-5 gap-y-1 text-sm tabular-nums">
        {facts && <Fact name="Kind">{facts.kind}</Fact>}
        {ready && (
          <Fact name={isPart ? 'Rows that meet the filter' : 'Rows'}>{formatCount(view.rows.total)}</Fact>
        )}
        {ready && asOfMs !== undefined && (
          <Fact name="As of">{clockTime((asOfMs - clockOffsetMs) / 1000)}</Fact>
        )}
        {ready && view.lagMs !== undefined && (
          <Fact name="Behind">{formatSeconds(Math.max(0, view.lagMs))} s</Fact>
        )}
        {facts && facts.clients > 0 && <Fact name="Live clients">{formatCount(facts.clients)}</Fact>}
        {lastEventId !== undefined && (
          <Fact name="Last id">
            <code className="text-xs [overflow-wrap:anywhere]">{lastEventId}</code>
          </Fact>
        )}
      </dl>
    </div>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline gap-1.5">
      <dt className="text-muted text-xs">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  )
}
