import type { ServerResponse } from 'node:http'
import type { Channel } from '../hub/channel.ts'
import type { CloseReason, Subscriber, Writer } from '../hub/subscriber.ts'
import type { EventId } from '../protocol/event-id.ts'
import type { SseChunk } from './chunk.ts'
import { createGzip, identity } from './coding.ts'
import { encodeRetry } from './encode.ts'
import type { Framed } from './framed.ts'
import { hostOutput, type Output, socketOutput } from './output.ts'

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
  /** Node's response to the request, where it is known: its socket is written to directly. */
  readonly response?: ServerResponse | undefined
  readonly onClose?: (reason: CloseReason) => void
}

/**
 * A channel as an event stream for one client. Its going is noticed by the signal, the stream or the response,
 * whichever is first.
 */
export function streamResponse(
  channel: Channel<SseChunk>,
  { signal, isGzip, response, onClose, ...options }: StreamOptions,
): Response {
  const coding = isGzip ? createGzip() : identity
  let subscriber: Subscriber<SseChunk> | undefined
  // Undefined until the host reads: it has sent the headers then, and the way of the bytes can be chosen.
  let output: Output | undefined
  const early: SseChunk[] = []
  // A controller throws once its stream is over, whoever ended it.
  let isOpen = true
  const leave = () => subscriber?.close('client')
  const drain = () => subscriber?.drain()
  const put = (bytes: Framed | undefined) => bytes && isOpen && output?.put(bytes)
  const begin = (chosen: Output) => {
    output = chosen
    // First bytes at once, so that proxies and clients know that the stream stands.
    put(coding.begin())
    put(coding.encode(encodeRetry()))
    for (const chunk of early.splice(0)) put(coding.encode(chunk))
  }
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        // It makes the host send the headers, and being empty it may pass through its hands whenever it likes.
        controller.enqueue(new Uint8Array())
        const finish = (how: () => void) => {
          if (isOpen) how()
          isOpen = false
        }
        const writer: Writer<SseChunk> = {
          hasRoom: () => isOpen && output !== undefined && output.waitingBytes < MAX_WAITING_BYTES,
          write: (chunk) => {
            if (output) put(coding.encode(chunk))
            else early.push(chunk)
          },
          end: () => {
            if (!output) begin(hostOutput(controller))
            put(coding.end())
            finish(() => controller.close())
          },
          abort: () =>
            finish(() => {
              // A host that waits for the client to take bytes would not hear of an error.
              if (response) response.destroy()
              else controller.error(new Error('The client takes no bytes'))
            }),
        }
        subscriber = channel.join(writer, {
          ...options,
          onClose: (reason) => {
            output?.release()
            signal.removeEventListener('abort', leave)
            response?.off('close', leave)
            onClose?.(reason)
          },
        })
        if (signal.aborted) leave()
        else signal.addEventListener('abort', leave, { once: true })
        response?.on('close', leave)
      },
      pull(controller) {
        if (!output) begin(socketOutput(response, drain) ?? hostOutput(controller))
        drain()
      },
      cancel() {
        isOpen = false
        leave()
      },
    },
    // The host takes what there is and asks for more when it has none; how much may wait is told above.
    { highWaterMark: 0, size: (chunk) => chunk?.byteLength ?? 0 },
  )
  return new Response(body, {
    headers: { ...STREAM_HEADERS, ...(isGzip && { 'Content-Encoding': 'gzip' }) },
  })
}
