'use client'

import { TriangleAlert } from 'lucide-react'
import { type Connection, isOutOfDate } from '../../lib/client/connection.ts'
import { ageInWords } from '../../lib/readings/age.ts'
import { CATEGORY_NAMES } from '../../lib/readings/air-quality.ts'
import type { Overview } from '../../lib/readings/overview.ts'
import { clockTime } from '../charts/time-axis.ts'
import { formatCount } from '../ui/number.ts'
import { stateInWords, troubleInWords } from './connection-words.ts'
import { useLive } from './live-provider.tsx'
import { useNow } from './use-now.ts'
import { useOverview } from './use-overview.ts'
import { useReadings } from './use-relation.ts'

/** A short break heals by itself and is not worth a word beyond the state. */
const PATIENCE_MS = 1_500

/** What there is to say in one sentence: how the air is, or why the page cannot know. */
export function Headline() {
  const { connection, ready } = useReadings()
  const overview = useOverview()
  const now = useNow()
  const broken =
    isOutOfDate(connection) && now !== undefined && (!ready || now - connection.since > PATIENCE_MS)
  return (
    <div className="flex min-h-16 flex-col justify-center">
      {broken ? (
        <Trouble connection={connection} now={now} />
      ) : (
        <>
          <h1 className="font-semibold text-xl tracking-tight">Air quality, live</h1>
          <p className="mt-0.5 text-muted text-sm">{overview ? inWords(overview) : waiting(connection)}</p>
        </>
      )}
    </div>
  )
}

function Trouble({ connection, now }: { connection: Connection; now: number }) {
  const { readings } = useLive()
  const { asOfMs, clockOffsetMs } = useReadings()
  const retryAt = 'nextRetryAt' in connection ? connection.nextRetryAt : undefined
  const canRetry = connection.state === 'reconnecting' || connection.state === 'lost'
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl border border-trouble-line bg-trouble-surface px-4 py-2.5">
      <TriangleAlert aria-hidden="true" className="size-5 shrink-0 text-trouble max-sm:hidden" />
      <div className="min-w-0 flex-1 basis-64">
        <h1 className="font-semibold text-[0.9375rem] text-trouble">
          {stateInWords(connection)}
          {asOfMs !== undefined && (
            <>
              : what you see is {ageInWords((now + clockOffsetMs - asOfMs) / 1000)} old, from{' '}
              {clockTime((asOfMs - clockOffsetMs) / 1000)}
            </>
          )}
        </h1>
        <p className="text-ink text-sm">
          {troubleInWords(connection)} It goes on by itself
          {retryAt !== undefined && retryAt > now
            ? `; next try in ${ageInWords(Math.ceil((retryAt - now) / 1000))}.`
            : '.'}
        </p>
      </div>
      {canRetry && (
        <button
          type="button"
          onClick={readings.retryNow}
          className="min-h-8 rounded-lg border border-trouble-line bg-surface px-3 py-1.5 font-medium text-sm hover:bg-sunken"
        >
          Try now
        </button>
      )}
    </div>
  )
}

function inWords({ online, silent, sensors, worst }: Overview): string {
  if (sensors.length === 0) return 'No sensor has reported in the last 10 minutes.'
  const reporting = `${formatCount(online)} ${online === 1 ? 'sensor reports' : 'sensors report'}`
  const missing = silent > 0 ? `, ${formatCount(silent)} ${silent === 1 ? 'is' : 'are'} silent` : ''
  if (!worst?.category) return `${reporting}${missing}.`
  return `${reporting}${missing}. The highest PM2.5 is at sensor ${worst.id}: ${CATEGORY_NAMES[worst.category].toLowerCase()}.`
}

function waiting(connection: Connection): string {
  if (connection.state !== 'connecting' || connection.trouble === undefined)
    return 'Reading the last 10 minutes…'
  return connection.trouble === 'database' && !connection.detail
    ? 'Waiting for the database. One that has just been started takes a few seconds; this page goes on by itself.'
    : (troubleInWords(connection) ?? '')
}
