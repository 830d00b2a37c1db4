import { createParser } from 'eventsource-parser'

export interface RawEvent {
  readonly event: string | undefined
  readonly id: string | undefined
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what the tests are about
  readonly data: any
}

/** A stream as any program would read it: by fetch and a parser that knows nothing of Tailboard. */
export async function openStream(url: string, headers: Record<string, string> = {}) {
  const controller = new AbortController()
  const response = await fetch(url, { headers, signal: controller.signal })
  return { response, events: readEvents(response), close: () => controller.abort() }
}

async function* readEvents(response: Response): AsyncGenerator<RawEvent, void> {
  const ready: RawEvent[] = []
  const parser = createParser({
    onEvent: ({ event, id, data }) => ready.push({ event, id, data: JSON.parse(data) }),
  })
  const utf8 = new TextDecoder()
  if (!response.body) return
  for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) {
    parser.feed(utf8.decode(bytes, { stream: true }))
    yield* ready.splice(0)
  }
}

/** The next event that is wanted; the others are passed over. */
export async function nextEvent(
  events: AsyncGenerator<RawEvent, void>,
  isWanted: (event: RawEvent) => boolean,
): Promise<RawEvent> {
  for (;;) {
    const { value, done } = await events.next()
    if (done) throw new Error('The stream ended before the event came')
    if (isWanted(value)) return value
  }
}
