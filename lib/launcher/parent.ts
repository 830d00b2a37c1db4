const LOOK_EVERY_MS = 500

/**
 * Calls back once the process that started this one is gone. Between npm and us stands a shell that ends on a signal
 * without passing it on, and nothing tells its children: only their parent's id changes.
 */
export function onParentGone(callback: () => void): void {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    callback()
  }, LOOK_EVERY_MS)
  timer.unref()
}
