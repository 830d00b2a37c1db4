import { backoffMs } from '../backoff.ts'

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/**
 * A part of the page that is loaded later, asked for until it comes: while the server is away what is there stays, in
 * place of an error.
 */
export async function persistently<T>(load: () => Promise<T>, wait = pause): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await load()
    } catch {
      await wait(backoffMs(attempt))
    }
  }
}
