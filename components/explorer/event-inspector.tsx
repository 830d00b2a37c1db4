'use client'

import { Pause, Play } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { type EventLog, MAX_EVENTS } from '../../lib/explorer/event-log.ts'
import { Button } from '../ui/button.tsx'
import { formatCount } from '../ui/number.ts'
import { EventEntry } from './event-entry.tsx'

/** The last events of the stream as the server sent them. */
export function EventInspector({ log }: { log: EventLog }) {
  const { events, total, isPaused } = useSyncExternalStore(log.subscribe, log.getState, log.getState)
  const newer = isPaused ? total - (events[0]?.number ?? 0) : 0
  return (
    <section aria-label="Events">
      <div className="flex items-center gap-2 px-4 py-3 sm:px-5">
        <div className="mr-auto">
          <h2 className="font-semibold text-[0.9375rem]">Events</h2>
          <p className="text-muted text-xs tabular-nums">
            {isPaused
              ? `Paused · ${formatCount(newer)} more meanwhile`
              : `As the server sent them, the newest first · ${formatCount(total)} so far, the last ${MAX_EVENTS} are kept`}
          </p>
        </div>
        <Button onClick={() => log.setPaused(!isPaused)} aria-pressed={isPaused}>
          {isPaused ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />}
          {isPaused ? 'Go on' : 'Pause'}
        </Button>
      </div>
      {events.length === 0 ? (
        <p className="border-line border-t px-5 py-6 text-center text-muted text-sm">
          The next event shows up here. A heartbeat comes every 5 seconds. Where another tab had this stream
          open already, its rows came from there at once.
        </p>
      ) : (
        <ol
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          aria-label="The last events"
          className="max-h-[30rem] divide-y divide-line overflow-auto border-line border-t focus-visible:-outline-offset-2"
        >
          {events.map((event) => (
            <EventEntry key={event.number} event={event} />
          ))}
        </ol>
      )}
    </section>
  )
}
