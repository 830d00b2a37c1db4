import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { CloseReason, ResumeOutcome } from '../hub/subscriber.ts'
import type { Traffic } from '../sse/stream-writer.ts'

/** An update to ten clients takes some microseconds, to ten thousand some dozens of milliseconds. */
const FANOUT_BUCKETS_S = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3]
const REASONS = Object.keys({
  client: 0,
  slow: 0,
  shutdown: 0,
  gone: 0,
  'signed-out': 0,
} satisfies Record<CloseReason, 0>)
const OUTCOMES = Object.keys({ continued: 0, snapshot: 0 } satisfies Record<ResumeOutcome, 0>)

/** What is asked for only when the metrics are. */
export interface Watched {
  /** Streams that are open. */
  readonly clients: number
  readonly lagMs: number | undefined
}

/** What this process has done, for Prometheus: the streams, the cursors, and the process itself. */
export class Metrics {
  readonly #registry = new Registry()
  readonly cursorReconnects: Counter
  readonly fanout: Histogram
  /** What a stream tells of itself. */
  readonly ofStream: {
    readonly traffic: Traffic
    readonly onClose: (reason: CloseReason) => void
    readonly onResume: (outcome: ResumeOutcome) => void
  }
  #watchesProcess = false

  constructor(watched: Watched) {
    const registers = [this.#registry]
    const traffic: Traffic = { events: 0, bytes: 0 }
    const gauge = (name: string, help: string, value: () => number) =>
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(value())
        },
      })
    // Counted as plain numbers, for each event of each client, and told here when somebody asks.
    const total = (name: string, help: string, value: () => number) =>
      new Counter({
        name,
        help,
        registers,
        collect() {
          this.reset()
          this.inc(value())
        },
      })
    gauge('tailboard_sse_clients', 'Streams that are open.', () => watched.clients)
    total('tailboard_sse_events_sent_total', 'Events sent, to all clients together.', () => traffic.events)
    total(
      'tailboard_sse_bytes_sent_total',
      'Bytes of streams sent, compressed ones as compressed.',
      () => traffic.bytes,
    )
    const disconnects = new Counter({
      name: 'tailboard_sse_disconnects_total',
      help: 'Streams that have ended, by why: the client left, was too slow, the server went away, the relation did, the session ended.',
      labelNames: ['reason'],
      registers,
    })
    const resumes = new Counter({
      name: 'tailboard_sse_resumes_total',
      help: 'Clients that came with an id, by how they were answered: with what they had missed, or with all rows.',
      labelNames: ['outcome'],
      registers,
    })
    // Known from the start, so that the first of them is seen as a change.
    for (const reason of REASONS) disconnects.inc({ reason }, 0)
    for (const outcome of OUTCOMES) resumes.inc({ outcome }, 0)
    gauge(
      'tailboard_cursor_lag_seconds',
      'How far behind the clock the rows of the slowest cursor are; 0 where none is open.',
      () => (watched.lagMs ?? 0) / 1000,
    )
    this.cursorReconnects = new Counter({
      name: 'tailboard_cursor_reconnects_total',
      help: 'Times that a cursor was lost, and opened anew.',
      registers,
    })
    this.fanout = new Histogram({
      name: 'tailboard_fanout_duration_seconds',
      help: 'How long it takes to give an update to all who read the same rows.',
      buckets: FANOUT_BUCKETS_S,
      registers,
    })
    this.ofStream = {
      traffic,
      onClose: (reason) => disconnects.inc({ reason }),
      onResume: (outcome) => resumes.inc({ outcome }),
    }
  }

  /** `text/plain; version=0.0.4`, as Prometheus reads it. */
  get contentType(): string {
    return this.#registry.contentType
  }

  /** All of it as text. */
  toText(): Promise<string> {
    // The process is watched from the first time that anybody asks.
    if (!this.#watchesProcess) collectDefaultMetrics({ register: this.#registry })
    this.#watchesProcess = true
    return this.#registry.metrics()
  }
}
