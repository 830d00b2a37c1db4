import { type ReactNode, useId } from 'react'
import { Card } from './card.tsx'

interface TileProps {
  readonly name: string
  /** Undefined while it is not known yet: the place is kept. */
  readonly value: string | undefined
  readonly unit?: string
  readonly note?: ReactNode
}

/** One figure with its name, and a line that explains it. */
export function Tile({ name, value, unit, note }: TileProps) {
  const id = useId()
  return (
    <Card className="min-w-0 px-4 pt-3.5 pb-2.5 sm:px-5 2xl:pb-4">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for inputs */}
      <div role="group" aria-labelledby={id}>
        <h3 id={id} className="text-muted text-xs sm:text-[0.8125rem]">
          {name}
        </h3>
        <p className="tile-value mt-1.5 flex h-8 items-baseline gap-1.5 whitespace-nowrap sm:h-9">
          {value === undefined ? (
            <span className="skeleton inline-block h-7 w-16 self-center" />
          ) : (
            <>
              <span className="font-semibold text-2xl tabular-nums tracking-tight sm:text-[1.75rem]">
                {value}
              </span>
              {unit && <span className="text-muted text-sm">{unit}</span>}
            </>
          )}
        </p>
        <div className="mt-1 min-h-8 text-muted text-xs leading-4 2xl:min-h-4">{note}</div>
      </div>
    </Card>
  )
}
