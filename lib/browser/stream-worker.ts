import { eventSourceServices } from '../client/event-source-services.ts'
import { StreamRoom } from './stream-room.ts'
import type { ToTab } from './worker-messages.ts'

// The script of the SharedWorker that holds the streams of all tabs.

const room = new StreamRoom(eventSourceServices())

addEventListener('connect', (event) => {
  const [port] = (event as MessageEvent).ports
  if (!port) return
  if (typeof EventSource === 'undefined') port.postMessage({ kind: 'unable' } satisfies ToTab)
  else room.connect(port)
})
