'use client'

import { isOutOfDate } from '../../lib/browser/connection.ts'
import { stateInWords, troubleInWords } from './connection-words.ts'
import { useReadings } from './use-relation.ts'

/** The state of the stream in words. Only changes of the state are announced, not the seconds that pass. */
export function ConnectionBadge() {
  const { connection } = useReadings()
  const { state } = connection
  const trouble = troubleInWords(connection)
  const tone = isOutOfDate(connection)
    ? 'border-trouble-line bg-trouble-surface text-trouble'
    : 'border-line bg-surface text-ink'
  return (
    <div
      role="status"
      aria-label="Connection"
      data-state={state}
      title={trouble}
      className={`flex items-center gap-2 whitespace-nowrap rounded-full border px-3 py-1 font-medium text-xs ${tone}`}
    >
      <span className={`state-dot state-dot-${state}`} aria-hidden="true" />
      {stateInWords(connection)}
      {trouble && <span className="sr-only">. {trouble}</span>}
    </div>
  )
}
