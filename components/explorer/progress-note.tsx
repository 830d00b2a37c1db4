import type { Progress } from '../../lib/explorer/progress.ts'
import { formatCount } from '../ui/number.ts'

const DOING: Readonly<Record<Progress['doing'], string>> = {
  reading: 'Reading rows',
  sorting: 'Putting rows in order',
  drawing: 'Drawing them over time',
}

/** How far work on many rows is, so that nobody takes it for a page that hangs. */
export function ProgressNote({ progress: { doing, done, of } }: { progress: Progress }) {
  const words = `${DOING[doing]}: ${formatCount(done)} of ${doing === 'reading' ? 'about ' : ''}${formatCount(of)}`
  return (
    <div
      role="progressbar"
      aria-label="Rows"
      aria-valuemin={0}
      aria-valuemax={of}
      aria-valuenow={done}
      aria-valuetext={words}
      className="border-line border-t px-4 py-2.5 sm:px-5"
    >
      <p className="text-muted text-xs tabular-nums">{words}</p>
      <div className="mt-1.5 h-1 overflow-hidden rounded-full bg-sunken">
        <div className="h-full rounded-full bg-accent" style={{ width: `${(100 * done) / of}%` }} />
      </div>
    </div>
  )
}
