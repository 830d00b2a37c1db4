import type { FoldChange } from '../protocol/fold.ts'
import type { Row } from '../protocol/row.ts'
import { Timeline } from './timeline.ts'

/** One look at the machine. Shares in percent, traffic in bytes per second, time in Unix seconds. */
export interface HostSample {
  readonly host: string
  readonly timestamp: number
  readonly load: number | null
  readonly cpu: number | null
  readonly memory: number | null
  readonly received: number | null
  readonly sent: number | null
}

export interface HostView {
  /** In the order of their time; of the host that was heard of last. */
  readonly samples: readonly HostSample[]
}

const number = (value: unknown): number | null => (typeof value === 'number' ? value : null)

function toHostSample(row: Row): HostSample | undefined {
  const { host, timestamp } = row
  if (typeof host !== 'string' || typeof timestamp !== 'number') return undefined
  return {
    host,
    timestamp,
    load: number(row.load_1m),
    cpu: number(row.cpu_percent),
    memory: number(row.memory_percent),
    received: number(row.network_received_bytes_per_second),
    sent: number(row.network_sent_bytes_per_second),
  }
}

/** Keeps the samples of the machines up to date with the changes of `host_metrics`. */
export class HostProjection {
  #timeline = new Timeline<HostSample>()
  #view: HostView = { samples: [] }
  #changed = false

  apply({ reset, updates }: FoldChange): void {
    if (reset) this.#timeline = new Timeline()
    for (const { diff, row } of updates) {
      const sample = toHostSample(row)
      if (sample) this.#timeline.apply(sample, diff)
    }
    this.#changed = true
  }

  show(): HostView {
    if (!this.#changed) return this.#view
    this.#changed = false
    const host = this.#timeline.last?.host
    this.#view = { samples: this.#timeline.items.filter((sample) => sample.host === host) }
    return this.#view
  }
}
