import { RecordedNetwork } from './recorded-network.ts'

/** A change as the stream tells it: rows that go, and rows that come, as JSON. */
export interface ReplayedChange {
  readonly gone: readonly string[]
  readonly come: readonly string[]
}

export interface ReplayedRelation {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  /** All rows at the time of the last change. */
  rows(): string[]
  /** Tells of the readings of a part of the sensors, taken at `atMs`. */
  step(part: number, atMs: number): ReplayedChange
}

/** The sensors speak in so many groups, evenly over each second. */
export const PARTS = 10
const SECOND_MS = 1_000
const WINDOW_S = 600

const double = (name: string) => ({ name, type: 'double precision' })
const integer = (name: string) => ({ name, type: 'integer' })

/** The relations that a page with many sensors reads, as if each sensor spoke once a second. */
export function replayRelations(sensors: number): Record<string, ReplayedRelation> {
  return { sensors_latest: latestOf(sensors), air_quality_1s: secondsOf(sensors) }
}

function latestOf(sensors: number): ReplayedRelation {
  const network = new RecordedNetwork(sensors)
  const now = Math.floor(Date.now() / SECOND_MS) * SECOND_MS
  const rows = Array.from({ length: sensors }, (_, index) => network.row(index, now - SECOND_MS))
  return {
    columns: [integer('id'), ...['pm25', 'pm10', 'geo_lat', 'geo_lon', 'timestamp'].map(double)],
    rows: () => [...rows],
    step(part, atMs) {
      const [gone, come]: [string[], string[]] = [[], []]
      for (let index = part; index < sensors; index += PARTS) {
        const [before, after] = [rows[index] ?? '', network.row(index, atMs)]
        rows[index] = after
        gone.push(before)
        come.push(after)
      }
      return { gone, come }
    },
  }
}

function secondsOf(sensors: number): ReplayedRelation {
  const toRow = (second: number, readings: number) => {
    const mean = 12 + 6 * Math.sin(second / 40)
    const spread = `"pm25_min":0.5,"pm25_mean":${mean},"pm25_max":${mean * 4}`
    return `{"second":${second},"readings":${readings},${spread},"pm10_min":1,"pm10_mean":${mean * 1.6},"pm10_max":${mean * 7}}`
  }
  const now = Math.floor(Date.now() / SECOND_MS)
  const rows = new Map<number, string>()
  for (let second = now - WINDOW_S; second < now; second++) rows.set(second, toRow(second, sensors))
  return {
    columns: [
      double('second'),
      integer('readings'),
      ...['pm25', 'pm10'].flatMap((metric) =>
        ['min', 'mean', 'max'].map((which) => double(`${metric}_${which}`)),
      ),
    ],
    rows: () => [...rows.values()],
    step(part, atMs) {
      const second = Math.floor(atMs / SECOND_MS)
      const [before, after] = [rows.get(second), toRow(second, Math.ceil((sensors * (part + 1)) / PARTS))]
      rows.set(second, after)
      const gone = before === undefined ? [] : [before]
      const old = rows.get(second - WINDOW_S)
      if (old !== undefined) gone.push(old)
      rows.delete(second - WINDOW_S)
      return { gone, come: [after] }
    },
  }
}
