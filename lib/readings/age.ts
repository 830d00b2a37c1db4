const MINUTE_S = 60
const HOUR_S = 3_600
const DAY_S = 86_400

/** An age in words as one says it: `3 seconds`, `2 minutes`, `1 hour`. */
export function ageInWords(ageS: number): string {
  const s = Math.max(0, ageS)
  if (s < MINUTE_S) return plural(Math.floor(s), 'second')
  if (s < HOUR_S) return plural(Math.floor(s / MINUTE_S), 'minute')
  if (s < DAY_S) return plural(Math.floor(s / HOUR_S), 'hour')
  return plural(Math.floor(s / DAY_S), 'day')
}

/** The same for a narrow column: `3 s`, `2 min`, `1 h`. */
export function shortAge(ageS: number): string {
  const s = Math.max(0, ageS)
  if (s < MINUTE_S) return `${Math.floor(s)} s`
  if (s < HOUR_S) return `${Math.floor(s / MINUTE_S)} min`
  return `${Math.floor(s / HOUR_S)} h`
}

function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
