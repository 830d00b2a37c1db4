/** The value that a share of all is not above, by nearest rank: one of them, and none between two. Undefined of none. */
export function quantile(ascending: ArrayLike<number>, share: number): number | undefined {
  return ascending[Math.max(0, Math.ceil(ascending.length * share) - 1)]
}
