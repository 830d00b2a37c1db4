const withSeconds = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' })
const toMinutes = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' })

/** A time of day as the reader writes it, from Unix seconds: `14:02:31` or `2:02:31 PM`. */
export function clockTime(t: number): string {
  return withSeconds.format(t * 1000)
}

/** The same for a tick: seconds only where they are not 0. */
export function tickTime(t: number): string {
  return (t % 60 === 0 ? toMinutes : withSeconds).format(t * 1000)
}

const withDay = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })

/** A time with its day, from Unix seconds. */
export function dayTime(t: number): string {
  return withDay.format(t * 1000)
}

/** A stretch of time as the reader writes it; with the day where it is not today's, given in Unix seconds. */
export function rangeInWords(fromS: number, toS: number, todayS: number): string {
  const isToday = new Date(fromS * 1000).toDateString() === new Date(todayS * 1000).toDateString()
  return (isToday ? withSeconds : withDay).formatRange(fromS * 1000, toS * 1000)
}
