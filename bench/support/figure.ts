/** One measured figure against a baseline of the same run. */
export interface Figure {
  readonly measure: string
  readonly ours: number
  readonly baseline: number
  readonly unit: string
  /** What the baseline is. */
  readonly against: string
  /** The ratio that we promise to stay at or below; with `isFloor` at or above. */
  readonly bar: number
  readonly isFloor?: boolean
  /** The ratios of single rounds, where there were several. */
  readonly ratios?: readonly number[]
  readonly note?: string
}

export interface Sizes {
  /** The sizes of the promise instead of those that fit into a few minutes. */
  readonly isFull: boolean
}

export type Bench = (sizes: Sizes) => Promise<Figure[]>

export const ratioOf = ({ ours, baseline }: Figure): number => (baseline === 0 ? 0 : ours / baseline)

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

const digits = (value: number): string =>
  Number.isInteger(value) ? String(value) : value.toFixed(Math.abs(value) < 100 ? 2 : 0)

export const isMet = (figure: Figure): boolean =>
  figure.isFloor ? ratioOf(figure) >= figure.bar : ratioOf(figure) <= figure.bar

/** One line of the table. */
export function formatFigure(figure: Figure): string[] {
  const { measure, ours, baseline, unit, bar, isFloor, ratios, against, note } = figure
  const ratio = ratioOf(figure)
  const spread = ratios?.length ? ` (${ratios.map((one) => one.toFixed(2)).join(' ')})` : ''
  return [
    measure,
    `${digits(ours)} ${unit}`,
    `${digits(baseline)} ${unit}: ${against}`,
    `${ratio.toFixed(2)}x${spread}`,
    `${isFloor ? 'at least ' : ''}${bar}x`,
    `${isMet(figure) ? 'yes' : 'NO'}${note ? `; ${note}` : ''}`,
  ]
}
