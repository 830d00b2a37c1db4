import type { ServerResponse } from 'node:http'
import type { Channel } from '../hub/channel.ts'
import type { CloseReason, ResumeOutcome, Subscriber } from '../hub/subscriber.ts'
import type { EventId } from '../protocol/event-id.ts'
import type { SseChunk } from './chunk.ts'
import { HostOutput, SocketOutput } from './output.ts'
import { StreamWriter, type Traffic } from './stream-writer.ts'

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
  /** Calls back once the client may read no more; gives what ends that. */
  readonly onSessionEnd?: ((onEnd: () => void) => () => void) | undefined
  readonly onClose?: (reason: CloseReason) => void
  readonly onResume?: (outcome: ResumeOutcome) => void
  /** Counts what is sent. */
  readonly traffic?: Traffic
}

/**
 * A channel as an event stream for one client. Its going is noticed by the signal, the stream or the response,
 * whichever is first.
 */
export function streamResponse(
  channel: Channel<SseChunk>,
  {
    signal,
    isGzip,
    response,
    onSessionEnd,
    onClose,
    onResume,
    traffic,
    lastEventId,
    wantsSnapshot,
  }: StreamOptions,
): Response {
  let subscriber: Subscriber<SseChunk> | undefined
  let writer: StreamWriter | undefined
  let forget: (() => void) | undefined
  let forgetSession: (() => void) | undefined
  // Nothing below may name the signal: the host's request hangs on it, and would be held as long as the stream.
  const whenGone = response ? watchResponse(response) : watchSignal(signal)
  const leave = () => subscriber?.close('client')
  const drain = () => subscriber?.drain()
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        // It makes the host send the headers, and being empty it may pass through its hands whenever it likes.
        controller.enqueue(new Uint8Array())
        writer = new StreamWriter(new HostOutput(controller, response), isGzip, traffic)
        subscriber = channel.join(writer, {
          lastEventId,
          wantsSnapshot,
          onResume,
          onClose: (reason) => {
            forget?.()
            forgetSession?.()
            onClose?.(reason)
          },
        })
        forgetSession = onSessionEnd?.(() => subscriber?.close('signed-out'))
        forget = whenGone(leave)
      },
      pull(controller) {
        if (!writer?.hasBegun)
          writer?.begin(SocketOutput.create(response, controller, { onDrain: drain, onGone: leave }))
        drain()
      },
      cancel() {
        writer?.cancel()
        leave()
      },
    },
    // The host takes what there is and asks for more when it has none; the writer knows how much may wait.
    { highWaterMark: 0, size: (chunk) => chunk?.byteLength ?? 0 },
  )
  return new Response(body, {
    headers: { ...STREAM_HEADERS, ...(isGzip && { 'Content-Encoding': 'gzip' }) },
  })
}

// Who is gone already, while the catalog was asked, is not announced again.
const watchResponse = (response: ServerResponse) => (onGone: () => void) => {
  const { socket } = response.req
  if (response.destroyed || socket.destroyed) onGone()
  else {
    response.on('close', onGone)
    // The responses that wait behind another on their connection, however many, do not hear of its end.
    socket.setMaxListeners(0).on('close', onGone)
  }
  return () => {
    response.off('close', onGone)
    socket.off('close', onGone)
  }
}

const watchSignal = (signal: AbortSignal) => (onGone: () => void) => {
  if (signal.aborted) onGone()
  else signal.addEventListener('abort', onGone, { once: true })
  return () => signal.removeEventListener('abort', onGone)
}
