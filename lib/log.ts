import type { Logger } from 'pino'
import { createLogRoot } from './log-root.js'

export type Log = Logger

/** Made at the first use: a module that only imports this one opens nothing. */
let root: Logger | undefined

/** A log of JSON lines on stderr, one for each transition, under the name of the part that speaks. */
export function createLog(name: string): Log {
  root ??= createLogRoot()
  return root.child({ name })
}
