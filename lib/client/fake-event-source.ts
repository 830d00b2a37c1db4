import type { StreamEvent } from '../protocol/events.ts'

/** An EventSource for tests: what the server would do is called by hand. */
export class FakeEventSource extends EventTarget {
  static opened: FakeEventSource[] = []
  readonly url: string
  readyState = 0
  #lastEventId = ''

  constructor(url: string) {
    super()
    this.url = url
    FakeEventSource.opened.push(this)
  }

  /** The one that was opened last. */
  static get newest(): FakeEventSource {
    const source = FakeEventSource.opened.at(-1)
    if (!source) throw new Error('No EventSource has been opened')
    return source
  }

  static open(url: string): EventSource {
    // Only what the client uses is there.
    return new FakeEventSource(url) as unknown as EventSource
  }

  get relation(): string | null {
    return this.#query.get('relation')
  }

  get lastEventId(): string | null {
    return this.#query.get('lastEventId')
  }

  get closed(): boolean {
    return this.readyState === 2
  }

  /** As EventSource does, an event without an id is given the one before. */
  send(event: StreamEvent): void {
    this.readyState = 1
    if ('id' in event && event.id !== undefined) this.#lastEventId = event.id
    this.sendText(event.kind, JSON.stringify(event.data))
  }

  sendText(kind: string, data: string): void {
    this.dispatchEvent(new MessageEvent(kind, { data, lastEventId: this.#lastEventId }))
  }

  /** The connection broke; the browser tries again by itself. */
  cut(): void {
    this.readyState = 0
    this.dispatchEvent(new Event('error'))
  }

  /** The server answered with something else than a stream. */
  refuse(): void {
    this.readyState = 2
    this.dispatchEvent(new Event('error'))
  }

  close(): void {
    this.readyState = 2
  }

  get #query(): URLSearchParams {
    return new URL(this.url, 'http://localhost').searchParams
  }
}
