import { Maximize, Minus, Plus } from 'lucide-react'
import { Button } from '../ui/button.tsx'

interface MapControlsProps {
  readonly onZoom: (factor: number) => void
  readonly step: number
  /** Absent while the map shows all sensors anyway. */
  readonly onFit?: () => void
}

/** What the wheel does, for who has none. */
export function MapControls({ onZoom, step, onFit }: MapControlsProps) {
  return (
    <div className="absolute top-3 right-3 flex flex-col gap-1.5 kiosk:lg:hidden">
      <div className="flex flex-col overflow-hidden rounded-lg border border-line bg-surface shadow-xs">
        <Button
          look="quiet"
          size="icon"
          aria-label="Zoom in"
          className="rounded-none"
          onClick={() => onZoom(step)}
        >
          <Plus aria-hidden="true" />
        </Button>
        <Button
          look="quiet"
          size="icon"
          aria-label="Zoom out"
          className="rounded-none border-line border-t"
          onClick={() => onZoom(1 / step)}
        >
          <Minus aria-hidden="true" />
        </Button>
      </div>
      {onFit && (
        <Button size="icon" aria-label="Show all sensors" title="Show all sensors" onClick={() => onFit()}>
          <Maximize aria-hidden="true" />
        </Button>
      )}
    </div>
  )
}
