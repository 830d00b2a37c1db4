'use client'

import {
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { Bounds } from '../../lib/readings/geo.ts'
import {
  type Camera,
  fitCamera,
  type MapSize,
  pan,
  type Spot,
  worldCamera,
  zoom,
} from '../../lib/readings/map-camera.ts'

const MARGIN_PX = 44
const KEY_PAN_PX = 60
/** One press of a button or a key. */
export const ZOOM_STEP = 1.6
/** A hand trembles by so much while it clicks. */
const DRAG_PX = 4

export interface MapCamera {
  readonly camera: Camera
  /** True once the reader has moved the map away from where all sensors show. */
  readonly moved: boolean
  readonly zoomBy: (factor: number, spot?: Spot) => void
  /** Shows a box, where all sensors are if none is given. */
  readonly show: (bounds?: Bounds) => void
  readonly gestures: {
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void
    readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void
    readonly onPointerCancel: (event: PointerEvent<HTMLElement>) => void
    readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
  }
}

/** Follows the bounds of all sensors until the reader takes over, by hand, wheel, fingers or keys. */
export function useMapCamera(
  ref: RefObject<HTMLElement | null>,
  size: MapSize,
  bounds: Bounds | undefined,
): MapCamera {
  const [taken, setTaken] = useState<Camera>()
  const fitted = useMemo(
    () => (bounds ? fitCamera(bounds, size, Math.min(MARGIN_PX, size.width / 6)) : worldCamera(size)),
    [bounds, size],
  )
  const change = (to: (camera: Camera) => Camera) => setTaken((before) => to(before ?? fitted))
  const zoomBy = (factor: number, spot?: Spot) => change((camera) => zoom(camera, size, factor, spot))
  const show = (box?: Bounds) => setTaken(box && fitCamera(box, size, MARGIN_PX))
  useWheel(ref, zoomBy)
  const fingers = useFingers((dx, dy, factor, spot) =>
    change((camera) => zoom(pan(camera, size, dx, dy), size, factor, spot)),
  )
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const move = (dx: number, dy: number) => change((camera) => pan(camera, size, dx, dy))
    if (event.key === 'ArrowLeft') move(KEY_PAN_PX, 0)
    else if (event.key === 'ArrowRight') move(-KEY_PAN_PX, 0)
    else if (event.key === 'ArrowUp') move(0, KEY_PAN_PX)
    else if (event.key === 'ArrowDown') move(0, -KEY_PAN_PX)
    else if (event.key === '+' || event.key === '=') zoomBy(ZOOM_STEP)
    else if (event.key === '-') zoomBy(1 / ZOOM_STEP)
    else if (event.key === '0') show()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return {
    camera: taken ?? fitted,
    moved: taken !== undefined,
    zoomBy,
    show,
    gestures: { ...fingers, onKeyDown },
  }
}

/** The wheel scrolls the page, as everywhere, until the reader holds Ctrl or has chosen the map. */
function useWheel(ref: RefObject<HTMLElement | null>, zoomBy: (factor: number, spot: Spot) => void): void {
  const latest = useRef(zoomBy)
  useEffect(() => {
    latest.current = zoomBy
  })
  useEffect(() => {
    const element = ref.current
    if (!element) return
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey && !element.contains(document.activeElement)) return
      event.preventDefault()
      const box = element.getBoundingClientRect()
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 : 1
      const step = Math.max(-120, Math.min(120, event.deltaY * lines))
      latest.current(2 ** (-step / 200), { x: event.clientX - box.left, y: event.clientY - box.top })
    }
    // React's own listener is passive: it cannot keep the page from scrolling.
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [ref])
}

/** One finger or the mouse moves the map, two fingers zoom it. What does not move is a click, and not for us. */
function useFingers(move: (dx: number, dy: number, factor: number, spot: Spot) => void) {
  const fingers = useRef(new Map<number, Spot>())
  const travelled = useRef(0)
  const lift = ({ pointerId }: PointerEvent) => {
    fingers.current.delete(pointerId)
  }
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return
      if (fingers.current.size === 0) travelled.current = 0
      fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY })
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const before = fingers.current.get(event.pointerId)
      if (!before) return
      const now = { x: event.clientX, y: event.clientY }
      travelled.current += Math.hypot(now.x - before.x, now.y - before.y)
      if (travelled.current < DRAG_PX) return
      event.currentTarget.setPointerCapture(event.pointerId)
      fingers.current.set(event.pointerId, now)
      const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1]
      const box = event.currentTarget.getBoundingClientRect()
      const apart = (spot: Spot) => (other ? Math.hypot(spot.x - other.x, spot.y - other.y) || 1 : 1)
      const share = other ? 0.5 : 1
      move((now.x - before.x) * share, (now.y - before.y) * share, apart(now) / apart(before), {
        x: (other ? (now.x + other.x) / 2 : now.x) - box.left,
        y: (other ? (now.y + other.y) / 2 : now.y) - box.top,
      })
    },
    onPointerUp: lift,
    onPointerCancel: lift,
  }
}
