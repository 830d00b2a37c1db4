'use client'

import { ChevronDown } from 'lucide-react'
import dynamic from 'next/dynamic'
import { persistently } from '../../lib/browser/persistently.ts'
import type { RelationState } from '../../lib/browser/relation-store.ts'
import { type Connection, isOutOfDate } from '../../lib/client/connection.ts'
import { SignInAgain } from '../access/sign-in-again.tsx'
import { usePageTitle } from '../shell/page-title.ts'
import { Popover } from '../ui/popover.tsx'
import { stateInWords, troubleInWords } from './connection-words.ts'
import { useNow } from './use-now.ts'

const StreamDetails = dynamic(
  async () => (await persistently(() => import('./stream-details.tsx'))).StreamDetails,
  {
    ssr: false,
  },
)

/** What a badge tells of a stream. */
export type StreamFacts = Pick<
  RelationState<unknown>,
  'connection' | 'asOfMs' | 'clockOffsetMs' | 'lastEventId' | 'isShared'
>

export interface StreamBadgeProps {
  readonly stream: StreamFacts
  /** The reader has stopped what is shown; the stream goes on. */
  readonly isPaused?: boolean
  readonly onRetry: () => void
}

/**
 * The state of a stream in a word, and all about it on a click. Only a change of the state is announced, not the
 * seconds that pass.
 */
export function StreamBadge({ stream, isPaused = false, onRetry }: StreamBadgeProps) {
  const { connection } = stream
  const isStopped = isPaused && connection.state === 'live'
  const words = isStopped ? 'Paused' : stateInWords(connection)
  const trouble = troubleInWords(connection)
  usePageTitle('connection', isStopped || isOutOfDate(connection) ? words : undefined)
  const tone = isOutOfDate(connection)
    ? 'border-trouble-line bg-trouble-surface text-trouble'
    : 'border-line bg-surface text-ink'
  return (
    <>
      <span
        role="status"
        aria-label="Connection"
        data-state={isStopped ? 'paused' : connection.state}
        className="sr-only"
      >
        {words}
        {trouble && `. ${trouble}`}
      </span>
      <Popover
        name="About the connection"
        trigger={
          <button
            type="button"
            title={trouble}
            aria-label={`About the connection: ${words}`}
            className={`flex h-7 cursor-pointer items-center gap-2 whitespace-nowrap rounded-full border px-3 font-medium text-xs hover:brightness-98 dark:hover:brightness-125 ${tone}`}
          >
            <span
              className={`state-dot state-dot-${isStopped ? 'paused' : connection.state}`}
              aria-hidden="true"
            />
            <span aria-hidden="true">
              {words}
              <Countdown connection={connection} />
            </span>
            <ChevronDown aria-hidden="true" className="-mr-1 size-3 text-muted max-sm:hidden" />
          </button>
        }
      >
        <StreamDetails stream={stream} isPaused={isStopped} onRetry={onRetry} />
      </Popover>
      <SignInAgain connection={connection} />
    </>
  )
}

/** Seconds to the next try. */
function Countdown({ connection }: { connection: Connection }) {
  const retryAt = 'nextRetryAt' in connection ? connection.nextRetryAt : undefined
  const now = useNow()
  if (retryAt === undefined || now === undefined || retryAt <= now) return null
  return <span className="tabular-nums"> · {Math.ceil((retryAt - now) / 1000)} s</span>
}
