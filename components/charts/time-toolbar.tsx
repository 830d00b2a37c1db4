'use client'

import { ChevronLeft, ChevronRight, Pause, Play, ZoomIn, ZoomOut } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import { Button } from '../ui/button.tsx'

interface TimeToolbarProps {
  readonly isPaused: boolean
  /** The button that pauses, for whoever has to hand the focus to it. */
  readonly pauseRef: RefObject<HTMLButtonElement | null>
  readonly canGoBack: boolean
  readonly canZoomIn: boolean
  readonly canZoomOut: boolean
  readonly onTogglePause: () => void
  /** Moves what is shown by a share of its width; below 0 to earlier times. */
  readonly onShift: (share: number) => void
  /** Shows less (a factor below 1) or more time. */
  readonly onZoom: (factor: number) => void
}

/** What is done to the time of charts, as buttons. */
export function TimeToolbar(props: TimeToolbarProps) {
  const { isPaused, pauseRef, canGoBack, canZoomIn, canZoomOut, onTogglePause, onShift, onZoom } = props
  return (
    <div role="toolbar" aria-label="Time" className="flex items-center gap-1">
      <Button ref={pauseRef} size="medium" className="w-24" onClick={onTogglePause}>
        {isPaused ? (
          <>
            <Play aria-hidden="true" /> Resume
          </>
        ) : (
          <>
            <Pause aria-hidden="true" /> Pause
          </>
        )}
      </Button>
      <Step name="Half a window earlier" isOff={!canGoBack} onClick={() => onShift(-0.5)}>
        <ChevronLeft aria-hidden="true" />
      </Step>
      <Step name="Half a window later" isOff={!isPaused} onClick={() => onShift(0.5)}>
        <ChevronRight aria-hidden="true" />
      </Step>
      <Step name="Zoom out" isOff={!canZoomOut} onClick={() => onZoom(2)}>
        <ZoomOut aria-hidden="true" />
      </Step>
      <Step name="Zoom in" isOff={!canZoomIn} onClick={() => onZoom(0.5)}>
        <ZoomIn aria-hidden="true" />
      </Step>
    </div>
  )
}

interface StepProps {
  readonly name: string
  readonly isOff: boolean
  readonly onClick: () => void
  readonly children: ReactNode
}

/** Stays in the tab order when there is nothing more to do: the focus must not be lost at the end of the way. */
function Step({ name, isOff, onClick, children }: StepProps) {
  return (
    <Button
      look="quiet"
      size="icon"
      aria-label={name}
      title={name}
      aria-disabled={isOff}
      className="aria-disabled:cursor-default aria-disabled:opacity-40"
      onClick={isOff ? undefined : onClick}
    >
      {children}
    </Button>
  )
}
