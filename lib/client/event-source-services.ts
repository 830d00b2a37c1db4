import { explainRefusal } from './refusal.ts'
import type { StreamServices } from './stream-client.ts'
import { createSlots, type Slots } from './stream-slots.ts'

/** Shared by all streams of a page or worker, and where the browser has locks by all of its pages. */
let slots: Slots | undefined

/** What a stream needs of a browser. `base` is the server's address; without one it is the page's own server. */
export function eventSourceServices(base = ''): StreamServices {
  slots ??= createSlots()
  return {
    openEventSource: (path) => new EventSource(base + path),
    explainRefusal: (query) => explainRefusal(query, base),
    slots,
  }
}
