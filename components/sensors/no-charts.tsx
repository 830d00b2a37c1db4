import { type ReactNode, useEffect } from 'react'
import { noteChart } from '../charts/first-chart.ts'
import { Card } from '../ui/card.tsx'

const INSERT = `psql "$MATERIALIZE_URL" -c \\
  "insert into sensors values (1, 12.5, 20, 42.7, 23.3, extract(epoch from now()))"`

/** Why there is nothing to draw. */
export type NothingToDraw = 'empty' | 'missing' | 'forbidden'

/** What stands in place of the charts: why, and what to do about it. */
export function NoCharts({ why }: { why: NothingToDraw }) {
  // Whatever waits for the first chart need not wait any longer.
  useEffect(noteChart, [])
  switch (why) {
    case 'empty':
      return <NoReadings />
    case 'missing':
      return <NoRelation />
    case 'forbidden':
      return <NotAllowed />
    default:
      return why satisfies never
  }
}

/** An empty relation is a beginning, not a failure: it says how the first reading gets in. */
function NoReadings() {
  return (
    <Empty title="No readings in the last 10 minutes" command={INSERT}>
      The stream is open and this page draws the first reading as soon as it is written. Any program that can
      write to the table <code>sensors</code> will do, for example:
    </Empty>
  )
}

/** A database without our relations: it says how they get there. */
function NoRelation() {
  return (
    <Empty title="This database has no relation sensors_view" command="SENSORS=24 npm start">
      It is a view of the readings of the last 10 minutes, and this page begins as soon as it is there.
      Tailboard sets it up, and fills it with simulated readings, when it is started with a number of sensors:
    </Empty>
  )
}

/** A server that keeps the readings to itself: it says who can change that. */
function NotAllowed() {
  return (
    <Empty
      title="This server does not show the readings"
      command="STREAM_RELATIONS=sensors_view,sensors_latest,air_quality_1s,host_metrics npm start"
    >
      It is set to show certain relations only, and <code>sensors_view</code> is not among them. Whoever runs
      it can add it to the setting <code>STREAM_RELATIONS</code>; what may be seen is under Relations.
    </Empty>
  )
}

function Empty({ title, command, children }: { title: string; command: string; children: ReactNode }) {
  return (
    <Card className="flex min-h-96 flex-col items-center justify-center self-stretch px-6 py-12 text-center">
      <h2 className="font-semibold text-lg">{title}</h2>
      <p className="mt-2 max-w-prose text-balance text-muted text-sm">{children}</p>
      <pre className="mt-5 max-w-full overflow-x-auto rounded-lg bg-sunken px-4 py-3 text-left text-xs leading-relaxed">
        <code>{command}</code>
      </pre>
    </Card>
  )
}
