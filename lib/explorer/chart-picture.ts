import { columnsFor } from '../charts/columns-for.ts'
import { type Point, pointIndexAt } from '../charts/point.ts'
import type { Rhythm } from '../charts/rhythm.ts'
import { thin } from '../charts/thin.ts'
import { toTimeTicks } from '../charts/time-ticks.ts'
import { toValueScale, type ValueScale } from '../charts/value-scale.ts'
import { MEMORY_MS } from './chart-memory.ts'
import { rhythmOf } from './chart-points.ts'
import type { ChartSource } from './chart-source.ts'

/** Rows this young belong to now: the right edge follows the clock. */
const RECENT_MS = 120_000
/** The least that a picture shows. */
const MIN_SPAN_MS = 10_000
const TICK_GAP_PX = 76
/** What is past has some air at both edges, of its length: a point there would be cut in half. */
const EDGE = 0.015
/** So few lines have names beneath the chart, and a strong colour each. */
export const FEW_LINES = 8

export interface ChartLine {
  readonly id: string
  /** What the line is, in words: its key, its value, or both. */
  readonly label: string
  /** Of lines that differ by their value alone, where its value stands among them: from 0 to 1. */
  readonly place: number | undefined
  /** Where the lines are few, its place in their order, from 0. */
  readonly rank: number | undefined
  readonly points: readonly Point[]
  /** The newest value, if the line has not ended. */
  readonly last: number | undefined
}

/** All that one picture of a relation over time is drawn from. */
export interface ChartPicture {
  readonly lines: readonly ChartLine[]
  readonly fromMs: number
  readonly toMs: number
  readonly scale: ValueScale
  readonly timeTicks: readonly number[]
  /** Values hold until the next one: they are drawn as steps. */
  readonly isSteps: boolean
  readonly keys: number
  readonly drawnKeys: number
}

/** How the picture is to be. `detail` is the share of the points that the machine can afford, from 0 to 1. */
export interface PictureSize {
  readonly widthPx: number
  readonly detail?: number
}

/** The picture as of a time; undefined where there is nothing to draw. The scale of the one before is kept while it fits. */
export function createPicture(
  source: ChartSource,
  nowMs: number,
  { widthPx, detail }: PictureSize,
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
  const columnMs = (range.toMs - range.fromMs) / columnsFor(series.length, widthPx, detail)
  const lines = series
    .map(({ id, key, value, line }) => ({
      id,
      label: [key, ...(key === undefined || roles.values.length > 1 ? [value] : [])]
        .filter((part) => part !== undefined)
        .join(' · '),
      place:
        key === undefined ? roles.values.indexOf(value) / Math.max(1, roles.values.length - 1) : undefined,
      points: isSteps
        ? stepsOf(line.points, range, columnMs)
        : thinned(line.points, columnMs, rhythmOf(line.points)),
      last: line.points.at(-1)?.v ?? undefined,
    }))
    .sort((a, b) => (a.place ?? 0) - (b.place ?? 0) || collator.compare(a.label, b.label))
    // A line that has nothing in the picture keeps its rank, so that the colours of the others stay.
    .map((line, rank) => ({ ...line, rank: series.length > FEW_LINES ? undefined : rank }))
    .filter(({ points }) => points.length > 0)
  const values = lines.flatMap(({ points }) => points.flatMap(({ v }) => (v === null ? [] : [v])))
  if (values.length === 0) return undefined
  return {
    lines,
    ...range,
    scale: toValueScale(least(values), greatest(values), before?.scale),
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
  const fromMs = Math.min(from, toMs - MIN_SPAN_MS)
  const edgeMs = toMs === nowMs ? 0 : (toMs - fromMs) * EDGE
  return { fromMs: fromMs - edgeMs, toMs: toMs + edgeMs }
}

function thinned(points: readonly Point[], columnMs: number, rhythm: Rhythm): Point[] {
  return thin({ pointAt: (index) => points[index], from: 0, to: points.length }, columnMs, rhythm)
}

const NEVER: Rhythm = { usual: undefined, gap: Number.POSITIVE_INFINITY }

/** Values that hold until the next one, or until there is none, up to the right edge. */
function stepsOf(
  points: readonly Point[],
  { fromMs, toMs }: { fromMs: number; toMs: number },
  columnMs: number,
): Point[] {
  const first = pointIndexAt(points, fromMs)
  const inside = points.slice(first)
  const entering = points[first - 1]
  if (entering && entering.v !== null) inside.unshift({ t: fromMs, v: entering.v })
  const steps: Point[] = []
  for (const point of thinned(inside, columnMs, NEVER)) {
    const before = steps.at(-1)
    if (point.v === null && before && before.v !== null) steps.push({ t: point.t, v: before.v })
    steps.push(point)
  }
  const last = steps.at(-1)
  if (last && last.v !== null && last.t < toMs) steps.push({ t: toMs, v: last.v })
  return steps
}

const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity)
const greatest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity)
const collator = new Intl.Collator(undefined, { numeric: true })
