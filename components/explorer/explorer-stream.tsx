'use client'

import dynamic from 'next/dynamic'
import { persistently } from '../../lib/browser/persistently.ts'
import { isOutOfDate } from '../../lib/client/connection.ts'
import type { StreamQuery } from '../../lib/client/stream-query.ts'
import { explorerState } from '../../lib/explorer/explorer-state.ts'
import { StreamBadge } from '../live/stream-badge.tsx'
import { SiteHeader } from '../shell/site-header.tsx'
import { Card } from '../ui/card.tsx'
import { AlterationNote } from './alteration-note.tsx'
import { CurlCard } from './curl-card.tsx'
import { FilterBar } from './filter-bar.tsx'
import { RefusalBanner } from './refusal-banner.tsx'
import { RelationHeading } from './relation-heading.tsx'
import { RelationNotice } from './relation-notice.tsx'
import { TableCard } from './table-card.tsx'
import type { ExplorerAddress, SetExplorerAddress } from './use-explorer-address.ts'
import { useRelationFacts } from './use-relation-facts.ts'
import { useChoice, useSession } from './use-session.ts'
import { ValueCard } from './value-card.tsx'

const EventInspector = dynamic(
  async () => (await persistently(() => import('./event-inspector.tsx'))).EventInspector,
  {
    ssr: false,
    loading: () => <div className="skeleton m-5 h-40" />,
  },
)

interface ExplorerStreamProps {
  readonly query: StreamQuery
  readonly address: ExplorerAddress
  readonly setAddress: SetExplorerAddress
}

/** One stream of a relation. Other filters or columns are another stream. */
export function ExplorerStream({ query, address, setAddress }: ExplorerStreamProps) {
  const [session, state] = useSession(query)
  useChoice(session, address)
  const facts = useRelationFacts(query.relation, state.connection.state)
  const { connection, view } = state
  const ready = view.columns !== undefined
  const isPaused = view.rows.missed !== undefined
  const isComing = state.ready || view.progress !== undefined
  const what = explorerState(connection, ready ? view.rows.rows.length : undefined, isComing)
  const all = facts?.columns ?? view.columns ?? []
  return (
    <>
      <SiteHeader>
        <StreamBadge stream={state} isPaused={isPaused} onRetry={session.store.retryNow} />
      </SiteHeader>
      <main
        id="content"
        className="mx-auto grid max-w-page grid-cols-[minmax(0,1fr)] gap-4 px-4 py-5 sm:px-6"
      >
        <RelationHeading session={session} state={state} facts={facts} />
        {ready && <RefusalBanner connection={connection} address={address} setAddress={setAddress} />}
        {view.alteration && (
          <AlterationNote
            alteration={view.alteration}
            onRead={() => {
              session.projection.forgetAlteration()
              session.store.refresh()
            }}
          />
        )}
        {ready || what === 'waiting' ? (
          <div className="grid items-start gap-4 2xl:grid-cols-[minmax(0,1fr)_27rem]">
            <div
              className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4"
              data-out-of-date={isOutOfDate(connection)}
            >
              <ValueCard session={session} state={state} isPaused={isPaused} setAddress={setAddress} />
              <TableCard
                session={session}
                state={state}
                allColumns={all}
                isPaused={isPaused}
                setAddress={setAddress}
                filters={<FilterBar columns={all} conditions={address.where} setAddress={setAddress} />}
              />
            </div>
            <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
              <CurlCard query={query} />
              <Card className="overflow-hidden">
                <EventInspector log={session.log} />
              </Card>
            </div>
          </div>
        ) : (
          <Card>
            <RelationNotice
              state={what}
              relation={query.relation}
              connection={connection}
              address={address}
              setAddress={setAddress}
              onRetry={session.store.retryNow}
            />
          </Card>
        )}
      </main>
    </>
  )
}
