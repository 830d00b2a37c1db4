/**
 * Work that can be interrupted after each of its steps, none of which takes long. Each step says how many items it was
 * about; what is returned last is the result.
 */
export type Steps<T = void> = Generator<number, T, undefined>

/** So few items are gone through in about a millisecond, also on a slow machine. */
const ITEMS = 200
/** So few are sorted in that time. */
const SORTED = 1_000

/** Does all steps at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** Does the same with each item. */
export function* forEachStep<T>(items: Iterable<T>, run: (item: T) => void): Steps {
  let inStep = 0
  for (const item of items) {
    run(item)
    inStep += 1
    if (inStep < ITEMS) continue
    yield inStep
    inStep = 0
  }
}

/** The items in their order; those that are equal stay as they were to each other. */
export function* sortSteps<T>(items: readonly T[], compare: (a: T, b: T) => number): Steps<readonly T[]> {
  let runs: (readonly T[])[] = []
  for (let at = 0; at < items.length; at += SORTED) {
    const run = items.slice(at, at + SORTED).sort(compare)
    runs.push(run)
    yield run.length
  }
  while (runs.length > 1) {
    const longer: (readonly T[])[] = []
    for (let at = 0; at < runs.length; at += 2) {
      longer.push(yield* mergeSteps(runs[at] ?? [], runs[at + 1] ?? [], compare))
    }
    runs = longer
  }
  return runs[0] ?? []
}

/** Two arrays that are in order as one; of equal items those of the first come first. */
export function* mergeSteps<T>(
  first: readonly T[],
  second: readonly T[],
  compare: (a: T, b: T) => number,
): Steps<readonly T[]> {
  if (second.length === 0) return first
  if (first.length === 0) return second
  const merged: T[] = []
  let next = 0
  yield* forEachStep(second, (one) => {
    for (let other = first[next]; other !== undefined && compare(other, one) <= 0; other = first[next]) {
      merged.push(other)
      next += 1
    }
    merged.push(one)
  })
  return merged.concat(first.slice(next))
}
