import type { Word } from '../dialect.ts'
import {
  doubles,
  integers,
  materializedView,
  quoted,
  type RelationSql,
  table,
  texts,
  view,
} from './relation.ts'

const READING = [...integers('id'), ...doubles('pm25', 'pm10', 'geo_lat', 'geo_lon', 'timestamp')]
const READING_LIST = READING.map((column) => quoted(column.name)).join(', ')

/**
 * Keeps a reading for so many seconds after its own time. Both spellings remove it at the same whole millisecond; the
 * older one would fail at run time in the newer era, as a fraction of a millisecond is no time there.
 */
function youngerThan(seconds: number, word: Word): string {
  return word === 'TAIL'
    ? `mz_logical_timestamp() < ("timestamp" * 1000 + ${seconds * 1000})::numeric`
    : `mz_now() < to_timestamp("timestamp") + INTERVAL '${seconds} seconds'`
}

/** The upper bounds of PM2.5 in µg/m³ for each category of the US EPA's air quality index, as revised in 2024. */
const CATEGORIES = [
  ['good', 9.0],
  ['moderate', 35.4],
  ['unhealthy_for_sensitive_groups', 55.4],
  ['unhealthy', 125.4],
  ['very_unhealthy', 225.4],
  ['hazardous', undefined],
] as const

/** A count of 0 where there is no sensor, which a bare sum would call null. */
function inCategory(index: number): string {
  const [name, upper] = CATEGORIES[index] ?? []
  const lower = CATEGORIES[index - 1]?.[1]
  const bounds = [
    ...(lower === undefined ? [] : [`pm25 > ${lower.toFixed(1)}`]),
    ...(upper === undefined ? [] : [`pm25 <= ${upper.toFixed(1)}`]),
  ]
  return `coalesce(sum(CASE WHEN ${bounds.join(' AND ')} THEN 1 ELSE 0 END), 0)::int AS ${name}`
}

const minMeanMax = (name: string) => `min(${name}) AS ${name}_min, ${meanMax(name)}`
const meanMax = (name: string) => `avg(${name}) AS ${name}_mean, max(${name}) AS ${name}_max`

const windowed = (name: string, seconds: number, word: Word): RelationSql =>
  materializedView(
    name,
    READING,
    `SELECT ${READING_LIST} FROM sensors_data WHERE ${youngerThan(seconds, word)}`,
  )

/** The relations of the demo in the words of one era, each after those it reads from. */
export function demoRelations(word: Word): readonly RelationSql[] {
  return [
    table('sensors', READING),
    view('sensors_data', READING, `SELECT ${READING_LIST} FROM sensors`),
    windowed('sensors_view', 600, word),
    windowed('sensors_view_1s', 6, word),
    materializedView(
      'sensors_latest',
      READING,
      `SELECT DISTINCT ON (id) ${READING_LIST} FROM sensors_data ORDER BY id, "timestamp" DESC`,
    ),
    materializedView(
      'air_quality_1s',
      [
        ...doubles('second'),
        ...integers('readings'),
        ...doubles('pm25_min', 'pm25_mean', 'pm25_max', 'pm10_min', 'pm10_mean', 'pm10_max'),
      ],
      `SELECT floor("timestamp") AS "second", count(*)::int AS readings, ${minMeanMax('pm25')}, ${minMeanMax('pm10')} ` +
        'FROM sensors_view GROUP BY floor("timestamp")',
    ),
    materializedView(
      'air_quality_summary',
      [
        ...integers('sensors'),
        ...doubles('pm25_mean', 'pm25_max', 'pm10_mean', 'pm10_max'),
        ...integers(...CATEGORIES.map(([name]) => name)),
      ],
      `SELECT count(*)::int AS sensors, ${meanMax('pm25')}, ${meanMax('pm10')}, ` +
        `${CATEGORIES.map((_, index) => inCategory(index)).join(', ')} FROM sensors_latest`,
    ),
    table('host_metrics', [
      ...texts('host'),
      ...doubles(
        'timestamp',
        'load_1m',
        'cpu_percent',
        'memory_percent',
        'network_received_bytes_per_second',
        'network_sent_bytes_per_second',
      ),
    ]),
  ]
}
