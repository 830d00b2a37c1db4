import type { Channel } from '../hub/channel.ts'
import type { CloseReason, Subscriber, Writer } from '../hub/subscriber.ts'
import type { EventId } from '../protocol/event-id.ts'
import type { SseChunk } from './chunk.ts'
import { createGzip, identity } from './coding.ts'
import { encodeRetry } from './encode.ts'

/** Bytes that may wait for one client, beyond what the kernel holds. */
const MAX_WAITING_BYTES = 256 * 1024

export const STREAM_HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  // Proxies that would compress or gather a response leave this one alone.
  'Cache-Control': 'no-cache, no-transform',
  'X-Accel-Buffering': 'no',
  Vary: 'Accept-Encoding',
}

export interface StreamOptions {
  readonly lastEventId: EventId | undefined
  readonly wantsSnapshot: boolean
  readonly signal: AbortSignal
  readonly isGzip: boolean
  readonly onClose?: (reason: CloseReason) => void
}

/** A channel as an event stream for one client. Its going is noticed by the signal or by the stream, whichever is first. */
export function streamResponse(
  channel: Channel<SseChunk>,
  { signal, isGzip, onClose, ...options }: StreamOptions,
): Response {
  const coding = isGzip ? createGzip() : identity
  let subscriber: Subscriber<SseChunk> | undefined
  // A controller throws once its stream is over, whoever ended it.
  let isOpen = true
  const leave = () => subscriber?.close('client')
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const put = (bytes: Uint8Array | undefined) => bytes && isOpen && controller.enqueue(bytes)
        const finish = (how: () => void) => {
          if (isOpen) how()
          isOpen = false
        }
        // First bytes at once, so that proxies and clients know that the stream stands.
        put(coding.begin())
        put(coding.encode(encodeRetry()))
        const writer: Writer<SseChunk> = {
          hasRoom: () => isOpen && (controller.desiredSize ?? 0) > 0,
          write: (chunk) => put(coding.encode(chunk)),
          end: () => {
            put(coding.end())
            finish(() => controller.close())
          },
          abort: () => finish(() => controller.error(new Error('The client takes no bytes'))),
        }
        subscriber = channel.join(writer, {
          ...options,
          onClose: (reason) => {
            signal.removeEventListener('abort', leave)
            onClose?.(reason)
          },
        })
        if (signal.aborted) leave()
        else signal.addEventListener('abort', leave, { once: true })
      },
      pull: () => subscriber?.drain(),
      cancel() {
        isOpen = false
        leave()
      },
    },
    { highWaterMark: MAX_WAITING_BYTES, size: (chunk) => chunk?.byteLength ?? 0 },
  )
  return new Response(body, {
    headers: { ...STREAM_HEADERS, ...(isGzip && { 'Content-Encoding': 'gzip' }) },
  })
}
