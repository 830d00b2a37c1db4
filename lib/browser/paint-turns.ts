import { requestFrame } from './frame.ts'
import { isPageHidden, onPageReturn } from './page-presence.ts'

/** A picture may take a twelfth of the time: one that turns out dear is painted less often. */
const COST_FACTOR = 12
/** One picture that took very long, on a busy machine, must not freeze its chart. */
const MAX_REST_MS = 4_000

interface Painter {
  readonly paint: () => void
  readonly intervalMs: number
  dueAt: number
}

/**
 * Lets the charts of a page paint in turn: each at most once in its own interval, never two in the same frame, and
 * none while nobody can see them.
 */
export class PaintTurns {
  readonly #painters = new Set<Painter>()
  #cancel: (() => void) | undefined
  #leavePage: (() => void) | undefined

  /** The first turn comes as soon as possible. `paint` is expected to be done when it returns. */
  join(paint: () => void, intervalMs: number): () => void {
    const painter: Painter = { paint, intervalMs, dueAt: 0 }
    this.#painters.add(painter)
    this.#leavePage ??= onPageReturn(() => this.#schedule())
    this.#schedule()
    return () => {
      this.#painters.delete(painter)
      if (this.#painters.size > 0) return
      this.#cancel?.()
      this.#cancel = undefined
      this.#leavePage?.()
      this.#leavePage = undefined
    }
  }

  #schedule(): void {
    this.#cancel?.()
    this.#cancel = undefined
    const next = this.#next()
    if (!next || isPageHidden()) return
    const waitMs = next.dueAt - performance.now()
    const paint = () => {
      this.#cancel = requestFrame(() => this.#paint(next))
    }
    if (waitMs <= 0) {
      paint()
      return
    }
    const timer = setTimeout(paint, waitMs)
    this.#cancel = () => clearTimeout(timer)
  }

  #next(): Painter | undefined {
    let next: Painter | undefined
    for (const painter of this.#painters) if (!next || painter.dueAt < next.dueAt) next = painter
    return next
  }

  #paint(painter: Painter): void {
    this.#cancel = undefined
    const startedAt = performance.now()
    try {
      if (this.#painters.has(painter)) painter.paint()
    } finally {
      const costMs = performance.now() - startedAt
      painter.dueAt = startedAt + Math.max(painter.intervalMs, Math.min(costMs * COST_FACTOR, MAX_REST_MS))
      this.#schedule()
    }
  }
}
