'use client'

import { useReadingsPart } from '../live/use-readings-part.ts'

/** What is drawn, and what can be done with it. As high as what stands here while the charts are paused. */
export function ChartsLegend() {
  const isBand = useReadingsPart(({ view }) => view.band !== undefined)
  const isOne = useReadingsPart(({ view }) => view.sensors.length === 1)
  return (
    <p className="flex min-h-11 items-center text-muted text-xs kiosk:lg:hidden">
      <span>
        {isBand
          ? 'All sensors from the lowest to the highest, with their mean; a line for each selected one.'
          : isOne
            ? 'The line has the colour of its category now.'
            : 'One line for each sensor, the worst one in the colour of its category.'}
        <span className="max-sm:hidden"> Drag over a chart to zoom.</span>
      </span>
    </p>
  )
}
