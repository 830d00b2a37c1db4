/** A covered window gets no animation frames although it is not hidden: then this time is waited instead. */
const FALLBACK_MS = 300

/** Runs once before the next paint, or a little later where nothing is painted. Returns its undo. */
export function requestFrame(run: () => void): () => void {
  const once = () => {
    undo()
    run()
  }
  const frame = requestAnimationFrame(once)
  const timer = setTimeout(once, FALLBACK_MS)
  const undo = () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
  return undo
}
