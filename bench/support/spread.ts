/** For each arrival of a change, how long after the first client's it was, milliseconds. */
export function spreads(receipts: readonly (readonly [n: number, atMs: number])[]): number[] {
  const first = new Map<number, number>()
  for (const [n, atMs] of receipts) first.set(n, Math.min(atMs, first.get(n) ?? atMs))
  return receipts.map(([n, atMs]) => atMs - (first.get(n) ?? atMs))
}
