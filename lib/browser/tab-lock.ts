// A lock of the browser is freed when whoever holds it is gone, in whatever way. Pages that do not come over HTTPS or
// from this machine have no locks: their absence is noticed later.

/** Holds a lock until undone. `onHeld` is given its name once others may wait for it. */
export function holdLock(onHeld: (name: string) => void): () => void {
  let release = () => {}
  let isReleased = false
  const released = new Promise<void>((resolve) => {
    release = () => {
      isReleased = true
      resolve()
    }
  })
  const { locks } = navigator
  if (!locks) return release
  const name = `tailboard-tab-${crypto.randomUUID()}`
  const hold = () => {
    if (isReleased) return undefined
    onHeld(name)
    return released
  }
  // Where locks are forbidden it is as if there were none.
  locks.request(name, hold).catch(() => {})
  return release
}

/** Calls back when nobody holds the lock any more. */
export function whenFreed(name: string, onFreed: () => void): void {
  navigator.locks?.request(name, onFreed).catch(() => {})
}
