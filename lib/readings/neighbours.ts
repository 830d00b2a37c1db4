import { distanceM, type Place, toPlace } from './geo.ts'
import type { Reading } from './reading.ts'

/** A sensor close by. */
export interface Neighbour {
  readonly last: Reading
  readonly place: Place
  readonly distanceM: number
}

/** The sensors that stand nearest to a place, the nearest first; those without a place stand nowhere. */
export function nearestTo(
  place: Place,
  sensors: readonly Reading[],
  { count, except }: { readonly count: number; readonly except: number },
): Neighbour[] {
  return sensors
    .flatMap((last) => {
      const there = last.id === except ? undefined : toPlace(last)
      return there ? [{ last, place: there, distanceM: distanceM(place, there) }] : []
    })
    .sort((a, b) => a.distanceM - b.distanceM || a.last.id - b.last.id)
    .slice(0, count)
}
