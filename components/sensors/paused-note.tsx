'use client'

import { Play } from 'lucide-react'
import { heldFrom, readingsAfter } from '../../lib/readings/look-back.ts'
import { clockTime } from '../charts/time-axis.ts'
import { useReadingsPart } from '../live/use-readings-part.ts'
import { Button } from '../ui/button.tsx'
import { formatCount } from '../ui/number.ts'

interface PausedNoteProps {
  /** Where the charts end, in Unix seconds. */
  readonly atS: number
  /** Readings later than this have come meanwhile. */
  readonly sinceS: number
  readonly onResume: () => void
}

/** Says that the charts stand, what has come meanwhile, and how to go on. */
export function PausedNote({ atS, sinceS, onResume }: PausedNoteProps) {
  const arrived = useReadingsPart(({ view }) => readingsAfter(view, sinceS))
  const isGone = useReadingsPart(({ ready, view }) => ready && (heldFrom(view) ?? 0) > atS)
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1.5 rounded-lg bg-sunken py-1.5 pr-1.5 pl-3 max-sm:pl-1.5">
      <p className={`min-w-0 flex-1 basis-48 text-sm ${isGone ? 'max-sm:pl-1.5' : 'max-sm:sr-only'}`}>
        <span className="font-medium">The charts stand at {clockTime(atS)}.</span>{' '}
        <span className="text-muted">
          {isGone
            ? 'The readings of that time are no longer held.'
            : 'All else goes on, and nothing is lost.'}
        </span>
      </p>
      <Button look="strong" size="medium" className="max-sm:w-full" onClick={onResume}>
        <Play aria-hidden="true" />
        <span data-arrived={arrived} className="tabular-nums">
          {formatCount(arrived)} new {arrived === 1 ? 'reading' : 'readings'} · Back to live
        </span>
      </Button>
    </div>
  )
}
