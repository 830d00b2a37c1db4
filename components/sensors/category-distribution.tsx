'use client'

import { isOutOfDate } from '../../lib/client/connection.ts'
import { CATEGORY_NAMES, type Category } from '../../lib/readings/air-quality.ts'
import { useOverview } from '../live/use-overview.ts'
import { useReadingsPart } from '../live/use-readings-part.ts'
import { Card } from '../ui/card.tsx'
import { formatCount } from '../ui/number.ts'
import { useSensorFilter } from '../view/use-sensor-filter.ts'
import { CategoryDot } from './category-dot.tsx'
import { useLatched } from './use-latched.ts'

const CATEGORIES = Object.keys(CATEGORY_NAMES) as Category[]
const PAINT_MS = 1_000

/** How many sensors are in each category; a category is a filter for the table and the map. */
export function CategoryDistribution() {
  const overview = useLatched(useOverview(), { intervalMs: PAINT_MS })
  const outOfDate = useReadingsPart(({ ready, connection }) => ready && isOutOfDate(connection))
  const { filter, toggleCategory } = useSensorFilter()
  const counts = overview?.byCategory
  const sum = counts ? CATEGORIES.reduce((all, category) => all + counts[category], 0) : 0
  return (
    <Card className="pb-3">
      <section aria-labelledby="by-category" data-out-of-date={outOfDate}>
        <div className="flex items-baseline gap-2 px-5 pt-3.5">
          <h2 id="by-category" className="font-semibold text-[0.9375rem]">
            By category
          </h2>
          <span className="text-muted text-xs">sensors online, by PM2.5</span>
        </div>
        <div
          aria-hidden="true"
          className="shares mx-5 mt-3 mb-2 flex h-2.5 gap-px overflow-hidden rounded-full bg-sunken"
        >
          {CATEGORIES.map((category) =>
            counts && counts[category] > 0 ? (
              <span
                key={category}
                style={{ flexGrow: counts[category], background: `var(--category-${category})` }}
              />
            ) : null,
          )}
        </div>
        <ul className="grid px-2">
          {CATEGORIES.map((category) => (
            <li key={category}>
              <button
                type="button"
                data-category={category}
                aria-pressed={filter.categories.includes(category)}
                onClick={() => toggleCategory(category)}
                className="grid min-h-8 w-full kiosk:lg:min-h-6.5 cursor-pointer grid-cols-[1rem_1fr_auto_2.5rem] items-center gap-x-1.5 rounded-lg px-3 text-left text-[0.8125rem] hover:bg-sunken aria-pressed:bg-sunken aria-pressed:font-semibold"
              >
                <CategoryDot category={category} />
                <span className={counts?.[category] === 0 ? 'text-muted' : ''}>
                  {CATEGORY_NAMES[category]}
                </span>
                <span className="share tabular-nums">{counts ? formatCount(counts[category]) : ''}</span>
                <span className="text-right text-muted text-xs tabular-nums">
                  {counts && sum > 0 ? inPercent(counts[category] / sum) : ''}
                </span>
              </button>
            </li>
          ))}
        </ul>
      </section>
    </Card>
  )
}

const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 0 })

function inPercent(share: number): string {
  return percent.format(share)
}
