import { type ChartFrame, toX } from './chart-frame.ts'
import { ChartWords } from './chart-words.tsx'

/** The words stand in the corner of the line and the upper edge. */
const LEFT_PX = 5
const DOWN_PX = 13

/** Where the database began anew: what is left of it was told before. */
export function FormerEnd({ frame }: { frame: ChartFrame }) {
  const { plot, formerUntilS } = frame
  if (formerUntilS === undefined) return null
  const x = toX(frame, formerUntilS)
  return (
    <>
      <line x1={x} x2={x} y1={plot.top} y2={plot.top + plot.height} stroke="var(--text-muted)" />
      <ChartWords x={x - LEFT_PX} y={plot.top + DOWN_PX} textAnchor="end">
        before the database began anew
      </ChartWords>
    </>
  )
}
