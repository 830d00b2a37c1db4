'use client'

import { type PointerEvent, type RefObject, useEffect, useEffectEvent, useRef } from 'react'
import type { TimeRange } from '../../lib/readings/line.ts'
import { type ChartFrame, toTime } from './chart-frame.ts'

/** A press that moves less than this is a press. */
const DRAG_PX = 6
/** A turn of the wheel over so many pixels doubles or halves what is shown. */
const ZOOM_PX = 240
/** Some wheels count in lines, not in pixels. */
const LINE_PX = 16

interface PlotGestures {
  readonly frame: ChartFrame
  /** The pointer is at a time and, in pixels, so far below the upper edge. */
  readonly onPoint: (t: number, y: number) => void
  readonly onLeave: () => void
  /** The stretch that is being dragged over; undefined when it is let go. */
  readonly onDrag: (range: TimeRange | undefined) => void
  readonly onSelect: (aS: number, bS: number) => void
  /** Moves what is shown by a share of its width. */
  readonly onShift: (share: number) => void
  readonly onZoom: (factor: number, aboutS: number) => void
}

/**
 * What hands do on a chart: hover to point, drag to choose a stretch (Escape lets go of it), turn the wheel sideways
 * or with Shift to move in time, and with Ctrl, or by pinching a trackpad, to zoom. A plain wheel scrolls the page.
 */
export function usePlotGestures(gestures: PlotGestures) {
  const ref = useRef<HTMLDivElement>(null)
  const drag = useRef<{ readonly x: number; readonly t: number; isMoving: boolean }>(undefined)
  useWheel(ref, gestures)

  const letGo = useEffectEvent(() => {
    if (drag.current?.isMoving) gestures.onDrag(undefined)
    drag.current = undefined
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') letGo()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])

  const at = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const { plot, fromS, toS } = gestures.frame
    const x = Math.min(plot.left + plot.width, Math.max(plot.left, event.clientX - box.left))
    const t = Math.min(toS, Math.max(fromS, toTime(gestures.frame, x)))
    return { x, t, y: event.clientY - box.top }
  }
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0 || !event.isPrimary) return
    const { x, t, y } = at(event)
    drag.current = { x, t, isMoving: false }
    event.currentTarget.setPointerCapture(event.pointerId)
    gestures.onPoint(t, y)
  }
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const { x, t, y } = at(event)
    const start = drag.current
    gestures.onPoint(t, y)
    if (!start || (!start.isMoving && Math.abs(x - start.x) < DRAG_PX)) return
    start.isMoving = true
    gestures.onDrag({ fromS: Math.min(start.t, t), toS: Math.max(start.t, t) })
  }
  const onPointerUp = (event: PointerEvent<HTMLDivElement>) => {
    const start = drag.current
    letGo()
    if (start?.isMoving) gestures.onSelect(start.t, at(event).t)
  }
  const onPointerLeave = (event: PointerEvent<HTMLDivElement>) => {
    // A finger that is lifted has left, and its owner wants to read what it pointed at.
    if (event.pointerType !== 'touch') gestures.onLeave()
  }
  return {
    ref,
    onPointerDown,
    onPointerMove,
    onPointerUp,
    onPointerLeave,
    onPointerCancel: letGo,
  }
}

/** Wheels turn faster than pictures are drawn: what they turn is gathered and done once in a frame. */
function useWheel(ref: RefObject<HTMLDivElement | null>, { frame, onShift, onZoom }: PlotGestures): void {
  const turn = useEffectEvent((kind: 'zoom' | 'shift', px: number, x: number) => {
    if (kind === 'zoom') onZoom(2 ** (px / ZOOM_PX), toTime(frame, x))
    else onShift(px / Math.max(1, frame.plot.width))
  })
  useEffect(() => {
    const element = ref.current
    if (!element) return
    let px = 0
    let waiting: number | undefined
    const onWheel = (event: WheelEvent) => {
      const kind = wheelKind(event)
      if (!kind) return
      event.preventDefault()
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1
      px += (kind === 'shift' && event.deltaX !== 0 ? event.deltaX : event.deltaY) * unit
      const x = event.clientX - element.getBoundingClientRect().left
      waiting ??= requestAnimationFrame(() => {
        waiting = undefined
        turn(kind, px, x)
        px = 0
      })
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => {
      element.removeEventListener('wheel', onWheel)
      if (waiting !== undefined) cancelAnimationFrame(waiting)
    }
  }, [ref])
}

function wheelKind(event: WheelEvent): 'zoom' | 'shift' | undefined {
  if (event.ctrlKey || event.metaKey) return 'zoom'
  return event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY) ? 'shift' : undefined
}
