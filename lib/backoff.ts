const BASE_DELAY_MS = 250
const MAX_DELAY_MS = 10_000

/** How long to wait before try number `attempt` (from 0): exponential with full jitter, in milliseconds. */
export function backoffMs(attempt: number, random = Math.random): number {
  return random() * Math.min(MAX_DELAY_MS, BASE_DELAY_MS * 2 ** attempt)
}
