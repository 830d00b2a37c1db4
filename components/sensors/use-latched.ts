'use client'

import { useState } from 'react'

interface Latch {
  /** Least time between two values. */
  readonly intervalMs: number
  /** No other value as long as this is true. */
  readonly held?: boolean
  /** Another key lets the newest value through at once. */
  readonly key?: string
}

/** A value that changes often, seen less often. It is looked at whenever its component renders, not by a timer. */
export function useLatched<T>(value: T, { intervalMs, held = false, key = '' }: Latch): T {
  const [kept, keep] = useState({ value, key, atMs: Number.NEGATIVE_INFINITY })
  if (kept.value === value && kept.key === key) return kept.value
  const nowMs = performance.now()
  const isDue = !held && nowMs - kept.atMs >= intervalMs
  if (kept.key === key && kept.value !== undefined && !isDue) return kept.value
  keep({ value, key, atMs: nowMs })
  return value
}
