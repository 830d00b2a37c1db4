'use client'

import { ChevronRight } from 'lucide-react'
import { memo, useState } from 'react'
import { MAX_RAW_TEXT } from '../../lib/client/raw-event.ts'
import { formatBytes, prettyJson } from '../../lib/explorer/cell-text.ts'
import type { LoggedEvent } from '../../lib/explorer/event-log.ts'
import { clockTime } from '../charts/time-axis.ts'

const KINDS: Readonly<Record<LoggedEvent['kind'], string>> = {
  snapshot: 'text-accent',
  update: 'text-(--live)',
  heartbeat: 'text-muted',
  status: 'text-trouble',
  bye: 'text-trouble',
}

/** One event in a line; opened, its data as JSON. */
export const EventEntry = memo(function EventEntry({ event }: { event: LoggedEvent }) {
  const [isOpen, setOpen] = useState(false)
  const { kind, id, receivedAtMs, bytes, text } = event
  return (
    <li data-kind={kind}>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="grid w-full cursor-pointer grid-cols-[1rem_5.25rem_minmax(0,1fr)_auto_auto] items-center gap-2 px-4 py-1.5 text-left text-xs tabular-nums hover:bg-sunken focus-visible:-outline-offset-2"
      >
        <ChevronRight aria-hidden="true" className={`size-3.5 text-muted ${isOpen ? 'rotate-90' : ''}`} />
        <span className={`font-medium ${KINDS[kind]}`}>{kind}</span>
        <code className="truncate text-muted" title={id}>
          {id ?? 'no id yet'}
        </code>
        <span className="text-muted">{formatBytes(bytes)}</span>
        <time dateTime={new Date(receivedAtMs).toISOString()}>{clockTime(receivedAtMs / 1000)}</time>
      </button>
      {isOpen && (
        <div className="px-4 pb-3 pl-10">
          <pre className="max-h-80 overflow-auto whitespace-pre-wrap rounded-lg bg-sunken p-2.5 text-xs [overflow-wrap:anywhere]">
            {prettyJson(text)}
          </pre>
          {text.length === MAX_RAW_TEXT && (
            <p className="mt-1 text-muted text-xs">
              The beginning of {formatBytes(bytes)}; the rest is not kept.
            </p>
          )}
        </div>
      )}
    </li>
  )
})
