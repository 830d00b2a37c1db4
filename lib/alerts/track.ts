import type { Reading } from '../readings/reading.ts'
import { type AlertRule, meets } from './rule.ts'
import { type Episode, type Run, step } from './run.ts'

/** A reading and whether a pause lies before it. */
export interface Heard {
  readonly reading: Reading
  readonly afterGap: boolean
}

/** What has become of an alert: it began, ended, or turned out not to have been, where `after` is missing. */
export interface EpisodeChange {
  readonly before: Episode | undefined
  readonly after: Episode | undefined
}

/** One rule at one sensor. Fed with the sensor's readings in the order of their time. */
export class Track {
  readonly #rule: AlertRule
  /** What is so for good: nothing before this time is heard any more. */
  #base: Run | undefined
  #baseS: number
  #head: Run | undefined
  /** Those that a late reading can still change, and those that none can. */
  #ended: Episode[] = []
  #settled: Episode[] = []
  #told: readonly Episode[] = []
  #isNew = false

  /** An alert that is known to be firing, or to have ended at `knownUntilS`, is gone on with. */
  constructor(rule: AlertRule, firing?: Episode, knownUntilS = -Infinity) {
    this.#rule = rule
    this.#base = firing
    this.#head = firing
    this.#baseS = knownUntilS
    if (firing) this.#told = [firing]
  }

  /** The newest reading. */
  add(heard: Heard): void {
    const before = this.#head
    this.#head = this.#step(before, heard)
    if (before?.firedS === this.#head?.firedS) return
    this.#isNew = true
    if (before?.firedS !== undefined)
      this.#ended.push({ fromS: before.fromS, firedS: before.firedS, toS: heard.reading.timestamp })
  }

  /** All readings that can still be joined by an earlier one. */
  redo(held: readonly Heard[]): void {
    this.#head = this.#base
    this.#ended = []
    for (const heard of held) this.add(heard)
    this.#isNew = true
  }

  /** No earlier reading than these will be given any more. */
  settle(settled: readonly Heard[]): void {
    for (const heard of settled) this.#base = this.#step(this.#base, heard)
    this.#baseS = Math.max(this.#baseS, settled.at(-1)?.reading.timestamp ?? -Infinity)
    while ((this.#ended[0]?.toS ?? Infinity) <= this.#baseS) this.#settled.push(...this.#ended.splice(0, 1))
  }

  /** What is other than it was when this was asked the last time. */
  takeChanges(): EpisodeChange[] {
    if (!this.#isNew) return []
    const { firedS, fromS } = this.#head ?? {}
    const current: Episode[] = [...this.#ended]
    if (firedS !== undefined && fromS !== undefined) current.push({ fromS, firedS, toS: undefined })
    const changes = compare(this.#told, [...this.#settled, ...current])
    this.#told = current
    this.#settled = []
    this.#isNew = false
    return changes
  }

  #step(run: Run | undefined, { reading, afterGap }: Heard): Run | undefined {
    if (reading.timestamp <= this.#baseS) return run
    return step(run, { afterGap, t: reading.timestamp, meets: meets(this.#rule, reading) }, this.#rule.forS)
  }
}

/** Withdrawals come first: what takes their place may cover the same time. */
function compare(before: readonly Episode[], after: readonly Episode[]): EpisodeChange[] {
  const old = new Map(before.map((episode) => [episode.fromS, episode]))
  const changes: EpisodeChange[] = []
  for (const episode of after) {
    const same = old.get(episode.fromS)
    old.delete(episode.fromS)
    if (same?.firedS !== episode.firedS || same.toS !== episode.toS)
      changes.push({ before: same, after: episode })
  }
  return [...[...old.values()].map((gone) => ({ before: gone, after: undefined })), ...changes]
}
