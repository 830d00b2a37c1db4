'use client'

import type { ReactNode } from 'react'
import { MAX_STREAMS } from '../../lib/client/max-streams.ts'
import { ageInWords } from '../../lib/readings/age.ts'
import { clockTime } from '../charts/time-axis.ts'
import { Button } from '../ui/button.tsx'
import { formatCount, formatSeconds } from '../ui/number.ts'
import { stateInWords, troubleInWords } from './connection-words.ts'
import type { StreamBadgeProps } from './stream-badge.tsx'
import { useNow } from './use-now.ts'
import { useOpenStreams } from './use-open-streams.ts'
import { useServer } from './use-server.ts'

/** All that can be told about a stream: how old what is shown is, where it comes from, and what is to be done. */
export function StreamDetails({ stream, isPaused, onRetry }: StreamBadgeProps) {
  const { connection, asOfMs, clockOffsetMs, lastEventId, isShared } = stream
  const now = useNow() ?? Date.now()
  const openStreams = useOpenStreams()
  const server = useServer()
  const retryAt = 'nextRetryAt' in connection ? connection.nextRetryAt : undefined
  const isBroken = connection.state === 'reconnecting' || connection.state === 'lost'
  return (
    <div className="w-76 max-w-full">
      <p className="font-semibold">{isPaused ? 'Paused: the stream goes on' : stateInWords(connection)}</p>
      <p className="text-muted text-xs">
        {troubleInWords(connection) ??
          (isPaused
            ? 'The charts stand where you stopped them. All else moves on.'
            : `for ${ageInWords((now - connection.since) / 1000)}`)}
      </p>
      <dl className="mt-3 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-xs tabular-nums">
        {asOfMs !== undefined && (
          <>
            <Fact name="Lag">{formatSeconds(Math.max(0, now + clockOffsetMs - asOfMs))} s behind now</Fact>
            <Fact name="As of">{clockTime((asOfMs - clockOffsetMs) / 1000)}</Fact>
          </>
        )}
        {isBroken && (
          <Fact name="Next try">
            {retryAt !== undefined && retryAt > now
              ? `in ${ageInWords(Math.ceil((retryAt - now) / 1000))}`
              : 'under way'}
          </Fact>
        )}
        <Fact name="Database">
          {server === undefined && 'asking…'}
          {server === null && 'does not answer'}
          {server && `Materialize ${server.version}, by ${server.statement}`}
          {server?.address && <span className="block truncate text-muted">{server.address}</span>}
        </Fact>
        <Fact name="Last id">
          <span className="break-all font-mono">{lastEventId ?? 'none yet'}</span>
        </Fact>
        <Fact name="Streams">
          {openStreams === undefined
            ? `at most ${MAX_STREAMS} in this browser`
            : `${formatCount(openStreams)} of at most ${MAX_STREAMS} open in this browser`}
        </Fact>
        <Fact name="Connection">{isShared ? 'shared by all tabs' : 'of this tab alone'}</Fact>
      </dl>
      {isBroken && (
        <Button className="mt-3 w-full" onClick={onRetry}>
          Try now
        </Button>
      )}
    </div>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  )
}
