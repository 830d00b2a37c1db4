/** What one list of lines has and the other lacks: `-` is missing, `+` is too much. Empty: they are equal. */
export function difference(expected: readonly string[], actual: readonly string[]): string[] {
  const left = count(expected)
  const right = count(actual)
  const found = [
    ...lacking(left, right).map((line) => `- ${line}`),
    ...lacking(right, left).map((line) => `+ ${line}`),
  ]
  if (found.length > 0 || expected.join('\n') === actual.join('\n')) return found
  return ['~ the same messages in another order']
}

function count(lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1)
  return counts
}

const lacking = (of: ReadonlyMap<string, number>, from: ReadonlyMap<string, number>): string[] =>
  [...of].flatMap(([line, times]) => (times > (from.get(line) ?? 0) ? [line] : []))
