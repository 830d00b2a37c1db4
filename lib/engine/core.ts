import type { Executor } from './executor.ts'
import type { Followers } from './followers.ts'
import type { Registry } from './registry.ts'
import type { Timeline } from './timeline.ts'
import type { Context } from './views/relation.ts'

/** The parts of the engine that its activities (commit, advance, subscribe) work with. */
export interface Core extends Context {
  readonly timeline: Timeline
  readonly registry: Registry
  readonly executor: Executor
  readonly followers: Followers
}
