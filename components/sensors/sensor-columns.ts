import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  sortFn_basic,
  tableFeatures,
} from '@tanstack/react-table'
import { CATEGORY_NAMES, type Category } from '../../lib/readings/air-quality.ts'
import { LAST_MINUTES_S } from '../../lib/readings/last-minutes.ts'
import type { SensorNow, SensorState } from '../../lib/readings/overview.ts'

/** What the table of sensors can do: it is sorted here, and filtered before it. */
export const sensorFeatures = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { basic: sortFn_basic },
})

const CATEGORIES = Object.keys(CATEGORY_NAMES) as Category[]
const STATES: readonly SensorState[] = ['online', 'silent', 'faulty']

const column = createColumnHelper<typeof sensorFeatures, SensorNow>()
// What a sensor has not measured is last, whichever way the column is sorted.
const numeric = { sortFn: 'basic', sortUndefined: 'last', sortDescFirst: true } as const

/** Named for whoever reads the heading; the numbers that they sort by are the readings' own. */
export const sensorColumns = column.columns([
  column.accessor('id', { header: 'Sensor', sortFn: 'basic', sortDescFirst: false }),
  column.accessor(({ state }) => STATES.indexOf(state), { id: 'state', header: 'State', ...numeric }),
  column.accessor(
    ({ state, category }) => (state === 'online' && category ? CATEGORIES.indexOf(category) : undefined),
    {
      id: 'category',
      header: 'Category',
      ...numeric,
    },
  ),
  column.display({ id: 'lastMinutes', header: `Last ${LAST_MINUTES_S / 60} min` }),
  column.accessor(({ last }) => last.pm25 ?? undefined, { id: 'pm25', header: 'PM2.5', ...numeric }),
  column.accessor(({ last }) => last.pm10 ?? undefined, { id: 'pm10', header: 'PM10', ...numeric }),
  column.accessor('ageS', { header: 'Age', sortFn: 'basic', sortDescFirst: true }),
])

/** Widths and places of the columns; in a narrow table the state is told by the age, and the line has no room. */
export const COLUMN_LOOKS: Readonly<Record<string, string>> = {
  id: 'w-[4.25rem] text-left sm:w-[5.5rem]',
  state: 'w-20 text-left max-sm:hidden',
  category: 'text-left @3xl:w-44 @5xl:w-[22rem]',
  lastMinutes: 'hidden text-left @3xl:table-cell',
  pm25: 'w-12 text-right sm:w-20',
  pm10: 'w-12 text-right sm:w-20',
  ageS: 'w-[3.75rem] pr-4 text-right sm:w-24 sm:pr-5',
}
