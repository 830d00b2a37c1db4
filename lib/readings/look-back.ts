import type { BandSeries } from './band.ts'
import type { TimeRange } from './line.ts'
import type { SensorSeries } from './sensor-series.ts'

/** How far one may look: from the first reading that is held to now. All times in Unix seconds. */
export interface Reach extends TimeRange {
  /** The narrowest and the widest stretch that is shown. */
  readonly minS: number
  readonly maxS: number
}

/** What is held of the past: lines, and with many sensors a band that all readings are in. */
export interface Held {
  readonly lines: readonly SensorSeries[]
  readonly band?: BandSeries | undefined
}

/** The time of the oldest reading that is held, or undefined where there is none. */
export function heldFrom({ lines, band }: Held): number | undefined {
  let oldest = band?.first?.timestamp
  for (const { readings } of lines) {
    const t = readings[0]?.timestamp
    if (t !== undefined && (oldest === undefined || t < oldest)) oldest = t
  }
  return oldest
}

/** How many of the readings that are held are later than a time. */
export function readingsAfter({ lines, band }: Held, afterS: number): number {
  if (band) return secondsAfter(band, afterS)
  let count = 0
  for (const series of lines) {
    let index = series.indexAt(afterS)
    while (series.readings[index]?.timestamp === afterS) index += 1
    count += series.readings.length - index
  }
  return count
}

/**
 * How much there is to draw of a stretch of time: readings of lines, and seconds of a band. The first one after it
 * counts too, as lines lead out of the picture to it.
 */
export function countWithin({ lines, band }: Held, { fromS, toS }: TimeRange): number {
  let count = band ? Math.min(band.items.length, band.indexAt(toS) + 1) - band.indexAt(fromS) : 0
  for (const series of lines) {
    count += Math.min(series.readings.length, series.indexAt(toS) + 1) - series.indexAt(fromS)
  }
  return count
}

/** A second that has begun by then counts as passed. */
function secondsAfter(band: BandSeries, afterS: number): number {
  let count = 0
  for (let index = band.indexAt(afterS); index < band.items.length; index += 1) {
    count += band.items[index]?.readings ?? 0
  }
  return count
}

/**
 * The same stretch moved to where there is something to see. One that is wider than what is held ends now: its left
 * side is empty, as on a page that has just begun.
 */
export function within({ fromS, toS }: TimeRange, reach: Reach): TimeRange {
  const widthS = Math.min(reach.maxS, Math.max(reach.minS, toS - fromS))
  const endS = Math.min(reach.toS, Math.max(fromS + widthS, reach.fromS + widthS))
  return { fromS: endS - widthS, toS: endS }
}

/** Moved by so many seconds, as far as there is something to see. */
export function shifted({ fromS, toS }: TimeRange, byS: number, reach: Reach): TimeRange {
  return within({ fromS: fromS + byS, toS: toS + byS }, reach)
}

/** Narrower (a factor below 1) or wider about a time, which stays where it is as far as there is something to see. */
export function zoomed({ fromS, toS }: TimeRange, factor: number, aboutS: number, reach: Reach): TimeRange {
  const widthS = Math.min(reach.maxS, Math.max(reach.minS, (toS - fromS) * factor))
  const before = (aboutS - fromS) / (toS - fromS)
  const beginS = aboutS - before * widthS
  return within({ fromS: beginS, toS: beginS + widthS }, reach)
}

/** The stretch between two times in either order, about its middle where it is too narrow to be shown. */
export function between(aS: number, bS: number, reach: Reach): TimeRange {
  const middleS = (aS + bS) / 2
  const widthS = Math.min(reach.maxS, Math.max(reach.minS, Math.abs(bS - aS)))
  return within({ fromS: middleS - widthS / 2, toS: middleS + widthS / 2 }, reach)
}
