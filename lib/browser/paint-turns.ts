import { requestFrame } from './frame.ts'
import { isPageHidden, onPageReturn } from './page-presence.ts'

/** A picture may take a twelfth of the time: one that turns out dear is painted less often. */
const COST_FACTOR = 12
/** One picture that took very long, on a busy machine, must not freeze its chart. */
const MAX_REST_MS = 4_000

/** A picture that takes longer than this holds up what the reader does: it is drawn from fewer points. */
const DEAR_MS = 40
/** One that takes less than this may well have more of them. */
const CHEAP_MS = 10
/** The first pictures of a page are dear whatever is in them, and a busy machine makes one dear now and then. */
const DEAR_IN_A_ROW = 3
const CHEAP_IN_A_ROW = 20
const LEAST_DETAIL = 0.25

/** What came while nobody could see the page is with it soon after. Pictures do not wait for longer than this. */
const CATCH_UP_MS = 1_500

/** Paints a picture; `detail` is the share of the points that it can afford, from 0.25 to 1. */
export type Paint = (detail: number) => void

interface Painter {
  readonly paint: Paint
  readonly intervalMs: number
  dueAt: number
  detail: number
  dearInARow: number
  cheapInARow: number
}

/**
 * Lets the charts of a page paint in turn: each at most once in its own interval, never two in the same frame, and
 * none while nobody can see them.
 */
export class PaintTurns {
  readonly #painters = new Set<Painter>()
  readonly #isBehind: () => boolean
  /** When somebody could see the page again. */
  #returnedAt = Number.NEGATIVE_INFINITY
  #cancel: (() => void) | undefined
  #leavePage: (() => void) | undefined

  /** `isBehind` tells whether what came while nobody could see the page is still to come: it is worth one picture. */
  constructor(isBehind: () => boolean = () => false) {
    this.#isBehind = isBehind
  }

  /**
   * The first turn comes as soon as possible, and with an interval of `Infinity` it is the only one. `paint` is
   * expected to be done when it returns.
   */
  join(paint: Paint, intervalMs: number): () => void {
    const painter: Painter = { paint, intervalMs, dueAt: 0, detail: 1, dearInARow: 0, cheapInARow: 0 }
    this.#painters.add(painter)
    this.#leavePage ??= onPageReturn(() => {
      this.#returnedAt = performance.now()
      this.#schedule()
    })
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
    for (const painter of this.#painters) {
      if (painter.dueAt < (next?.dueAt ?? Number.POSITIVE_INFINITY)) next = painter
    }
    return next
  }

  #paint(painter: Painter): void {
    this.#cancel = undefined
    const startedAt = performance.now()
    // The page was hidden after the frame was asked for: its return gives the next turn.
    if (isPageHidden()) return
    if (startedAt < this.#returnedAt + CATCH_UP_MS && this.#isBehind()) {
      this.#cancel = requestFrame(() => this.#paint(painter))
      return
    }
    try {
      if (this.#painters.has(painter)) painter.paint(painter.detail)
    } finally {
      const costMs = performance.now() - startedAt
      painter.dueAt = startedAt + Math.max(painter.intervalMs, Math.min(costMs * COST_FACTOR, MAX_REST_MS))
      adjustDetail(painter, costMs)
      this.#schedule()
    }
  }
}

function adjustDetail(painter: Painter, costMs: number): void {
  painter.dearInARow = costMs > DEAR_MS ? painter.dearInARow + 1 : 0
  painter.cheapInARow = costMs < CHEAP_MS ? painter.cheapInARow + 1 : 0
  if (painter.dearInARow >= DEAR_IN_A_ROW) painter.detail = Math.max(LEAST_DETAIL, painter.detail / 2)
  else if (painter.cheapInARow >= CHEAP_IN_A_ROW) painter.detail = Math.min(1, painter.detail * 2)
  else return
  painter.dearInARow = 0
  painter.cheapInARow = 0
}
