import { shortAge } from '../../lib/readings/age.ts'
import { CATEGORY_NAMES, type Category, type Metric } from '../../lib/readings/air-quality.ts'
import type { SensorNow } from '../../lib/readings/overview.ts'
import { useHighlight } from '../live/highlight.tsx'
import { formatConcentration } from '../ui/number.ts'
import { CategoryDot } from './category-dot.tsx'

/** In µg/m³: where all the air is clean, no bar is full. */
const MIN_SCALE = 12

/** `highest` is the PM2.5 of the worst sensor, which fills the bar. */
export function SensorRow({ sensor, highest }: { sensor: SensorNow; highest: number }) {
  const { id, last, ageS, state, category } = sensor
  const silent = state === 'silent'
  const highlight = useHighlight()
  const words = category ? CATEGORY_NAMES[category] : 'no PM2.5'
  return (
    <tr
      data-sensor={id}
      data-silent={silent}
      data-highlighted={highlight.id === id}
      onPointerEnter={() => highlight.point(id)}
      onPointerLeave={() => highlight.point(undefined)}
      className="data-[highlighted=true]:bg-sunken data-[silent=true]:text-muted"
    >
      <th scope="row" className="py-0 pl-5 text-left font-normal">
        <button
          type="button"
          aria-pressed={highlight.pinnedId === id}
          onClick={() => highlight.togglePin(id)}
          title={`${words}. Click to keep it marked in the charts.`}
          className="flex w-full items-center gap-2 py-1 text-left aria-pressed:font-semibold"
        >
          <CategoryDot category={silent ? undefined : category} />
          <span>
            <span className="sr-only">Sensor </span>
            {id}
          </span>
          <Bar
            share={(last.pm25 ?? 0) / Math.max(MIN_SCALE, highest)}
            category={silent ? undefined : category}
          />
          <span className="sr-only">, {silent ? 'silent' : words}</span>
        </button>
      </th>
      <Value of={last} metric="pm25" />
      <Value of={last} metric="pm10" />
      <td className="whitespace-nowrap py-1 pr-5">
        {silent ? (
          <span className="font-medium text-trouble">silent {shortAge(ageS)}</span>
        ) : (
          <span className="text-muted">{shortAge(ageS)}</span>
        )}
      </td>
    </tr>
  )
}

function Bar({ share, category }: { share: number; category: Category | undefined }) {
  const percent = Math.min(1, share) * 100
  return (
    <span aria-hidden="true" className="ml-auto h-1 w-10 shrink-0 overflow-hidden rounded-full bg-sunken">
      <span
        className="block h-full rounded-full"
        style={{ width: `${percent}%`, background: category ? `var(--category-${category})` : 'var(--line)' }}
      />
    </span>
  )
}

function Value({ of, metric }: { of: SensorNow['last']; metric: Metric }) {
  const value = of[metric]
  return <td className="px-1 py-1">{value === null ? '–' : formatConcentration(value)}</td>
}
