import type { ReactNode } from 'react'
import type { HostSample } from '../../lib/readings/host-metrics.ts'
import { Sparkline, type SparkPoint } from '../charts/sparkline.tsx'
import { formatConcentration, formatTraffic, formatTwoDecimals } from '../ui/number.ts'

const WINDOW_S = 600
/** The little that a machine tells after its start is drawn over no less than this. */
const MIN_WINDOW_S = 60
const GAP_S = 15

type Key = 'cpu' | 'memory' | 'load' | 'received' | 'sent'

/** The figures of a machine with their last 10 minutes. */
export function HostFigures({
  samples,
  last,
  nowS,
}: {
  samples: readonly HostSample[]
  last: HostSample
  nowS: number
}) {
  const fromS = Math.max(nowS - WINDOW_S, Math.min(nowS - MIN_WINDOW_S, samples[0]?.timestamp ?? nowS))
  const row = (key: Key) => {
    const points = samples.map((sample): SparkPoint => ({ t: sample.timestamp, v: sample[key] }))
    const highest = points.reduce((max, { v }) => Math.max(max, v ?? 0), 0)
    const max = key === 'cpu' || key === 'memory' ? 100 : Math.max(highest, key === 'load' ? 1 : 1_000)
    return <Sparkline points={points} fromS={fromS} toS={nowS} max={max} gapS={GAP_S} />
  }
  return (
    <dl className="mt-2 grid grid-cols-[auto_1fr_auto] items-center gap-x-4 gap-y-1 text-[0.8125rem]">
      <Figure
        name="CPU"
        value={last.cpu === null ? null : formatConcentration(last.cpu)}
        unit="%"
        chart={row('cpu')}
      />
      <Figure
        name="Memory"
        value={last.memory === null ? null : formatConcentration(last.memory)}
        unit="%"
        chart={row('memory')}
      />
      <Figure
        name="Load"
        value={last.load === null ? null : formatTwoDecimals(last.load)}
        unit=""
        chart={row('load')}
      />
      <Traffic name="Received" bytes={last.received} chart={row('received')} />
      <Traffic name="Sent" bytes={last.sent} chart={row('sent')} />
    </dl>
  )
}

function Traffic({ name, bytes, chart }: { name: string; bytes: number | null; chart: ReactNode }) {
  const traffic = bytes === null ? undefined : formatTraffic(bytes)
  return <Figure name={name} value={traffic?.value} unit={traffic?.unit ?? ''} chart={chart} />
}

interface FigureProps {
  readonly name: string
  readonly value: string | null | undefined
  readonly unit: string
  readonly chart: ReactNode
}

function Figure({ name, value, unit, chart }: FigureProps) {
  return (
    <div className="col-span-3 grid grid-cols-subgrid items-center">
      <dt className="text-muted">{name}</dt>
      <dd aria-hidden="true">{chart}</dd>
      <dd className="min-w-20 text-right tabular-nums">
        {value ?? '–'} <span className="text-muted text-xs">{unit}</span>
      </dd>
    </div>
  )
}
