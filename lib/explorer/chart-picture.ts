import { type AxisScale, toAxisScale, toTimeTicks } from './axis-scale.ts'
import { gapOf, type Point, thin } from './chart-points.ts'
import { type ChartSource, MEMORY_MS } from './chart-source.ts'

/** More would make the page stutter. */
export const MAX_POINTS = 4_000
/** Rows this young belong to now: the right edge follows the clock. */
const RECENT_MS = 120_000
/** The least that a picture shows. */
const MIN_SPAN_MS = 10_000
const TICK_GAP_PX = 92

export interface ChartLine {
  readonly id: string
  /** What the line is, in words: its key, its value, or both. */
  readonly label: string
  readonly points: readonly Point[]
  /** The newest value, if the line has not ended. */
  readonly last: number | undefined
}

/** All that one picture of a relation over time is drawn from. */
export interface ChartPicture {
  readonly lines: readonly ChartLine[]
  readonly fromMs: number
  readonly toMs: number
  readonly scale: AxisScale
  readonly timeTicks: readonly number[]
  /** Values hold until the next one: they are drawn as steps. */
  readonly isSteps: boolean
  readonly keys: number
  readonly drawnKeys: number
}

/** The picture as of a time; undefined where there is nothing to draw. */
export function createPicture(
  source: ChartSource,
  nowMs: number,
  widthPx: number,
  before?: ChartPicture,
): ChartPicture | undefined {
  const { series, roles } = source
  const isSteps = roles.time === undefined
  const range = rangeOf(
    series.map(({ line }) => line.points),
    nowMs,
    isSteps,
  )
  if (!range) return undefined
  // Each column keeps two points, and a gap is one more.
  const columns = Math.max(8, Math.min(widthPx, Math.floor(MAX_POINTS / 2.5 / series.length)))
  const lines = series
    .map(({ id, key, value, line }) => ({
      id,
      label: [key, ...(key === undefined || roles.values.length > 1 ? [value] : [])]
        .filter((part) => part !== undefined)
        .join(' · '),
      points: isSteps
        ? stepsOf(line.points, range, columns)
        : thin(line.points, range, columns, gapOf(line.points)),
      last: line.points.at(-1)?.v ?? undefined,
    }))
    .filter(({ points }) => points.length > 0)
    .sort((a, b) => collator.compare(a.label, b.label))
  const values = lines.flatMap(({ points }) => points.flatMap(({ v }) => (v === null ? [] : [v])))
  if (values.length === 0) return undefined
  return {
    lines,
    ...range,
    scale: toAxisScale(least(values), greatest(values), before?.scale),
    timeTicks: toTimeTicks(range.fromMs, range.toMs, widthPx, TICK_GAP_PX),
    isSteps,
    keys: source.keys,
    drawnKeys: source.drawnKeys,
  }
}

function rangeOf(
  lines: readonly (readonly Point[])[],
  nowMs: number,
  isSteps: boolean,
): { fromMs: number; toMs: number } | undefined {
  const firsts = lines.flatMap((points) => points[0]?.t ?? [])
  const lasts = lines.flatMap((points) => points.at(-1)?.t ?? [])
  if (firsts.length === 0) return undefined
  const last = greatest(lasts)
  const toMs = isSteps ? Math.max(nowMs, last) : nowMs - last < RECENT_MS && last <= nowMs ? nowMs : last
  const from = isSteps ? Math.max(least(firsts), toMs - MEMORY_MS) : least(firsts)
  return { fromMs: Math.min(from, toMs - MIN_SPAN_MS), toMs }
}

/** Values that hold until the next one, up to the right edge. */
function stepsOf(
  points: readonly Point[],
  range: { fromMs: number; toMs: number },
  columns: number,
): Point[] {
  const inside = points.filter(({ t }) => t >= range.fromMs)
  const entering = points[points.length - inside.length - 1]
  const all = entering && entering.v !== null ? [{ t: range.fromMs, v: entering.v }, ...inside] : inside
  const thinned = thin(all, range, columns, Number.POSITIVE_INFINITY)
  const last = thinned.at(-1)
  if (last && last.v !== null && last.t < range.toMs) thinned.push({ t: range.toMs, v: last.v })
  return thinned
}

const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity)
const greatest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity)
const collator = new Intl.Collator(undefined, { numeric: true })
