const oneDecimal = new Intl.NumberFormat(undefined, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 })
const twoDecimals = new Intl.NumberFormat(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const RATE_UNITS = ['B/s', 'kB/s', 'MB/s', 'GB/s']

/** A concentration in µg/m³, as the reader's language writes numbers. */
export function formatConcentration(value: number): string {
  return oneDecimal.format(value)
}

export function formatCount(value: number): string {
  return whole.format(value)
}

/** One decimal below a hundred: `24.0`, `1,240`. */
export function formatRate(value: number): string {
  return value < 100 ? oneDecimal.format(value) : whole.format(value)
}

/** Seconds with two decimals below ten: `0.84`, `12.3`. */
export function formatSeconds(ms: number): string {
  const s = ms / 1000
  return s < 10 ? twoDecimals.format(s) : oneDecimal.format(s)
}

export function formatTwoDecimals(value: number): string {
  return twoDecimals.format(value)
}

/** Bytes per second in the unit that fits, split so that the unit can stand back. */
export function formatTraffic(bytesPerSecond: number): { value: string; unit: string } {
  let value = bytesPerSecond
  let index = 0
  while (value >= 1000 && index < RATE_UNITS.length - 1) {
    value /= 1000
    index += 1
  }
  return {
    value: index === 0 ? whole.format(value) : oneDecimal.format(value),
    unit: RATE_UNITS[index] ?? '',
  }
}
