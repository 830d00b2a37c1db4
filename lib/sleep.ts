import { setTimeout as wait } from 'node:timers/promises'

/** Resolves after `ms`, or as soon as the signal aborts: who sleeps looks at the signal afterwards. */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await wait(Math.max(0, ms), undefined, { signal }).catch(() => {})
}
