/** Steps between lines that a map may have, in degrees. */
const STEPS = [
  30, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001,
]
const METRES_PER_MILE = 1_609.344
const METRES_PER_FOOT = 0.3048

/** The finest step between lines of a grid that leaves them at least `minPx` apart. */
export function gridStep(degreesPerPixel: number, minPx: number): number {
  return STEPS.findLast((step) => step / degreesPerPixel >= minPx) ?? 30
}

/** The multiples of a step within a range, without the crumbs of adding up decimals. */
export function gridLines(from: number, to: number, step: number): number[] {
  const lines: number[] = []
  for (let index = Math.ceil(from / step); index * step <= to; index += 1) {
    lines.push(Number((index * step).toFixed(6)))
  }
  return lines
}

export interface ScaleBar {
  readonly widthPx: number
  readonly value: number
  readonly unit: 'm' | 'km' | 'ft' | 'mi'
}

/** The longest bar of a round length (1, 2 or 5 and zeros) that is not wider than `maxPx`. */
export function scaleBar(metresPerPixel: number, maxPx: number, miles: boolean): ScaleBar {
  const longestM = metresPerPixel * maxPx
  const small = miles ? longestM < METRES_PER_MILE : longestM < 1_000
  const [unit, unitM]: [ScaleBar['unit'], number] = miles
    ? small
      ? ['ft', METRES_PER_FOOT]
      : ['mi', METRES_PER_MILE]
    : small
      ? ['m', 1]
      : ['km', 1_000]
  const longest = longestM / unitM
  const power = 10 ** Math.floor(Math.log10(longest))
  const value = (longest / power >= 5 ? 5 : longest / power >= 2 ? 2 : 1) * power
  return { widthPx: (value * unitM) / metresPerPixel, value, unit }
}

/** Where roads are signed in miles. */
const MILES = new Set(['US', 'GB', 'LR', 'MM'])

/** Whether a reader of a language measures distances in miles; a locale without a country is given its likeliest. */
export function readsMiles(locale: string): boolean {
  return MILES.has(new Intl.Locale(locale).maximize().region ?? '')
}
