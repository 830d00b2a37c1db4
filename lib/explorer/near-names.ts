/** So many changes of a letter still make nearly the same name. */
const MAX_DISTANCE = 3
const MAX_NAMES = 3

/** Of all names those that somebody may have meant, the nearest first. */
export function nearNames(wanted: string, names: readonly string[]): string[] {
  const name = wanted.slice(0, 255).toLowerCase()
  return names
    .map((candidate) => ({ candidate, distance: distanceOf(name, candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= Math.min(MAX_DISTANCE, Math.max(1, name.length / 3)))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MAX_NAMES)
    .map(({ candidate }) => candidate)
}

/** Letters to add, drop or replace; a name that is a part of the other is near it. */
function distanceOf(a: string, b: string): number {
  if (a.length > 2 && (b.includes(a) || a.endsWith(`.${b}`))) return 1
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
