'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { toRawEvent } from '../../lib/client/raw-event.ts'
import { STREAM_EVENTS } from '../../lib/client/stream-event.ts'
import { toSearch } from '../../lib/client/stream-query.ts'
import { EventLog } from '../../lib/explorer/event-log.ts'

type State = 'stopped' | 'connecting' | 'open' | 'refused'

/** One stream by the browser's own EventSource, as any page could open it; its last events are held. */
export function useRawStream() {
  const [state, setState] = useState<State>('stopped')
  const [log, setLog] = useState(() => ({ id: 0, events: new EventLog() }))
  const source = useRef<EventSource>(undefined)
  const close = useCallback(() => {
    source.current?.close()
    source.current = undefined
  }, [])
  useEffect(() => close, [close])
  const stop = useCallback(() => {
    close()
    setState('stopped')
  }, [close])
  const start = useCallback(
    (relation: string) => {
      close()
      const events = new EventLog()
      setLog(({ id }) => ({ id: id + 1, events }))
      setState('connecting')
      const opened = new EventSource(`/api/stream?${toSearch({ relation })}`)
      source.current = opened
      opened.onopen = () => setState('open')
      opened.onerror = () => setState(opened.readyState === EventSource.CLOSED ? 'refused' : 'connecting')
      for (const kind of STREAM_EVENTS) {
        opened.addEventListener(kind, ({ data, lastEventId }: MessageEvent<string>) =>
          events.record(toRawEvent(kind, data, lastEventId)),
        )
      }
    },
    [close],
  )
  return { state, log, start, stop }
}
