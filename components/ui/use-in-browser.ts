'use client'

import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** False in what the server writes and at the first drawing in the browser, which must be equal; then true. */
export function useInBrowser(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}
