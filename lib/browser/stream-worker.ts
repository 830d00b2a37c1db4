import { explainRefusal } from '../client/refusal.ts'
import { createSlots } from '../client/stream-slots.ts'
import { StreamRoom } from './stream-room.ts'
import type { ToTab } from './worker-messages.ts'

// The script of the SharedWorker that holds the streams of all tabs.

const room = new StreamRoom({
  openEventSource: (url) => new EventSource(url),
  explainRefusal,
  slots: createSlots(),
})

addEventListener('connect', (event) => {
  const [port] = (event as MessageEvent).ports
  if (!port) return
  if (typeof EventSource === 'undefined') port.postMessage({ kind: 'unable' } satisfies ToTab)
  else room.connect(port)
})
