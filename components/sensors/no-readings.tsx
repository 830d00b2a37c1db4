import { Card } from '../ui/card.tsx'

const INSERT = `psql "$MATERIALIZE_URL" -c \\
  "insert into sensors values (1, 12.5, 20, 42.7, 23.3, extract(epoch from now()))"`

/** An empty relation is a beginning, not a failure: it says how the first reading gets in. */
export function NoReadings() {
  return (
    <Card className="flex min-h-96 flex-col items-center justify-center px-6 py-12 text-center">
      <h2 className="font-semibold text-lg">No readings in the last 10 minutes</h2>
      <p className="mt-2 max-w-prose text-balance text-muted text-sm">
        The stream is open and this page draws the first reading as soon as it is written. Any program that
        can write to the table <code>sensors</code> will do, for example:
      </p>
      <pre className="mt-5 max-w-full overflow-x-auto rounded-lg bg-sunken px-4 py-3 text-left text-xs leading-relaxed">
        <code>{INSERT}</code>
      </pre>
    </Card>
  )
}
