import { backoffMs } from '../backoff.ts'
import type { Log } from '../log.ts'
import { sleep } from '../sleep.ts'
import type { Child, Children, Command } from './children.ts'

/** A process that ran for so long had started well: when it ends, the next try comes soon. */
const STABLE_MS = 10_000

export interface KeepRunningOptions {
  readonly children: Children
  /** Asked for at each start, as what a process is told may change. */
  readonly command: () => Command
  readonly onMessage: (message: unknown, child: Child) => void
  /** It ended unasked. */
  readonly onEnd?: () => void
  readonly log: Log
}

/** Runs a process until `signal` aborts: when it ends before, starts it again after a growing wait. */
export async function keepRunning(options: KeepRunningOptions, signal: AbortSignal): Promise<void> {
  const { children, command, onMessage, onEnd, log } = options
  let attempt = 0
  while (!signal.aborted) {
    const startedMs = Date.now()
    const child: Child = children.start(command(), (message) => onMessage(message, child))
    log.info({ process: child.name, child: child.pid }, 'started')
    const { code, signal: killedBy } = await child.exited
    if (signal.aborted) return
    onEnd?.()
    if (Date.now() - startedMs > STABLE_MS) attempt = 0
    const delayMs = Math.round(backoffMs(attempt++))
    log.warn({ process: child.name, code, signal: killedBy, delayMs }, 'ended: starting it again')
    await sleep(delayMs, signal)
  }
}
