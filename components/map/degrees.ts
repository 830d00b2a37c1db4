import { wrapLongitude } from '../../lib/readings/map-camera.ts'

/** As many decimals as a grid of that step needs. */
function format(degrees: number, step: number): string {
  const digits = Math.max(0, Math.ceil(-Math.log10(step)))
  const number = new Intl.NumberFormat(undefined, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  return number.format(Math.abs(degrees))
}

/** `48.80° N` */
export function formatLatitude(degrees: number, step: number): string {
  return `${format(degrees, step)}°${degrees === 0 ? '' : degrees > 0 ? ' N' : ' S'}`
}

/** `9.15° E`; a longitude beyond the date line is brought back. */
export function formatLongitude(degrees: number, step: number): string {
  const wrapped = wrapLongitude(degrees)
  const noSide = wrapped === 0 || wrapped === -180
  return `${format(wrapped, step)}°${noSide ? '' : wrapped > 0 ? ' E' : ' W'}`
}
