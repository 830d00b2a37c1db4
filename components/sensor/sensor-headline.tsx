import type { Connection } from '../../lib/client/connection.ts'
import { isOutOfDate } from '../../lib/client/connection.ts'
import { ageInWords } from '../../lib/readings/age.ts'
import { CATEGORY_NAMES } from '../../lib/readings/air-quality.ts'
import type { SensorNow } from '../../lib/readings/overview.ts'
import { clockTime } from '../charts/time-axis.ts'
import { stateInWords, troubleInWords } from '../live/connection-words.ts'

interface SensorHeadlineProps {
  readonly id: number
  readonly now: SensorNow | undefined
  readonly connection: Connection
  readonly ready: boolean
}

/** Which sensor it is, and how it is, in a sentence. */
export function SensorHeadline({ id, now, connection, ready }: SensorHeadlineProps) {
  return (
    <div className="min-h-14">
      <h1 className="font-semibold text-xl tracking-tight">Sensor {id}</h1>
      <p className="mt-0.5 text-muted text-sm">
        {isOutOfDate(connection)
          ? `${stateInWords(connection)}. ${troubleInWords(connection) ?? ''} ${ready ? 'What you see is as it was then.' : ''}`
          : now
            ? inWords(now)
            : ready
              ? ''
              : 'Reading the last 10 minutes…'}
      </p>
    </div>
  )
}

function inWords({ state, category, last, ageS }: SensorNow): string {
  const when = `${clockTime(last.timestamp)}, ${ageInWords(ageS)} ago`
  if (state === 'silent') return `Silent. Its last reading is from ${when}.`
  if (state === 'faulty') return `Faulty: what it reports cannot be air. Its last reading is from ${when}.`
  return `${category ? `${CATEGORY_NAMES[category]} air. ` : ''}Its last reading is from ${when}.`
}
