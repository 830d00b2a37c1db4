import type { Column } from '../protocol/events.ts'
import type { Row } from '../protocol/row.ts'
import { kindOf, toNumber, toTimeMs } from './column-kind.ts'
import { isCoordinateName, isKeyName, isPlainId, isTimeName } from './column-names.ts'

/** Which columns a chart is drawn from. */
export interface ChartRoles {
  /** Tells when a row is true of; undefined: the stream's own time, at which a value came. */
  readonly time: string | undefined
  /** Tells the lines apart; undefined: all rows are one line. */
  readonly key: string | undefined
  /** What is drawn; none where no column is a number. */
  readonly values: readonly string[]
}

/** As many values as are worth drawing unasked. */
const MAX_VALUES = 4
/** Rows that are looked at to tell Unix times from other numbers. */
const SAMPLE = 200
/** Fewer rows may be in the order of their numbers by chance. */
const MIN_SERIAL = 5
/** Unix times of the dashboard's own age, in milliseconds: 2001 to 2100. */
const MIN_TIME_MS = 1e12
const MAX_TIME_MS = 4.1e12

/** The roles that a reader would most likely give, to be corrected by the reader. */
export function guessRoles(columns: readonly Column[], rows: Iterable<Row>): ChartRoles {
  const sample: Row[] = []
  for (const row of rows) {
    sample.push(row)
    if (sample.length === SAMPLE) break
  }
  const time = guessTime(columns, sample)
  const rest = columns.filter((column) => column !== time)
  const likely = guessKey(rest)
  const key = likely && time && isSerial(sample, likely, time) ? undefined : likely
  const numbers = rest.filter((column) => column !== likely && kindOf(column.type) === 'number')
  return { time: time?.name, key: key?.name, values: guessValues(numbers, key !== undefined) }
}

/** Columns whose values can be times. */
export function isTimeColumn(column: Column, rows: readonly Row[]): boolean {
  if (kindOf(column.type) === 'time') return true
  if (kindOf(column.type) !== 'number') return false
  const values = rows.map((row) => row[column.name] ?? null).filter((value) => value !== null)
  return values.length > 0 && values.every((value) => isUnixTime(toTimeMs(value, column.type)))
}

const isUnixTime = (ms: number | undefined): boolean =>
  ms !== undefined && ms >= MIN_TIME_MS && ms <= MAX_TIME_MS

function guessTime(columns: readonly Column[], sample: readonly Row[]): Column | undefined {
  const timestamps = columns.filter(({ type }) => kindOf(type) === 'time')
  const unix = columns.filter((column) => {
    if (kindOf(column.type) !== 'number' || !isTimeName(column.name)) return false
    // Of an empty relation only the name is known.
    return sample.length === 0 || isTimeColumn(column, sample)
  })
  return timestamps.find(({ name }) => isTimeName(name)) ?? timestamps[0] ?? unix[0]
}

function guessKey(columns: readonly Column[]): Column | undefined {
  const isKey = ({ type }: Column) =>
    ['number', 'text', 'other'].includes(kindOf(type)) && !/^(real|double)/.test(type)
  const keys = columns.filter(isKey)
  return (
    keys.find(({ name }) => isPlainId(name)) ??
    keys.find(({ name }) => isKeyName(name)) ??
    keys.find(({ type }) => kindOf(type) === 'text')
  )
}

/** A log numbers its rows one after the other: each is one point, and together they are one line. */
function isSerial(sample: readonly Row[], key: Column, time: Column): boolean {
  if (sample.length < MIN_SERIAL || kindOf(key.type) !== 'number') return false
  if (new Set(sample.map((row) => row[key.name])).size < sample.length) return false
  const times = sample
    .map((row) => ({ serial: toNumber(row[key.name]) ?? 0, t: toTimeMs(row[time.name], time.type) ?? 0 }))
    // Long numbers may be the same once rounded.
    .sort((a, b) => a.serial - b.serial || a.t - b.t)
    .map(({ t }) => t)
  return times.every((t, index) => index === 0 || t > (times[index - 1] ?? t))
}

/** One value for each key; without a key as many as seem to be of one sort, so that they share a scale. */
function guessValues(numbers: readonly Column[], hasKey: boolean): string[] {
  const sorted = [
    ...numbers.filter(({ name }) => !isCoordinateName(name)),
    ...numbers.filter(({ name }) => isCoordinateName(name)),
  ]
  const measured = sorted.filter(({ type }) => /^(real|double|numeric)/.test(type))
  const [first] = measured.length > 0 ? measured : sorted
  if (!first) return []
  if (hasKey) return [first.name]
  const stem = (name: string) => name.replace(/_[^_]*$/, '')
  return sorted
    .filter(
      (column) => column === first || (first.name.includes('_') && stem(column.name) === stem(first.name)),
    )
    .slice(0, MAX_VALUES)
    .map(({ name }) => name)
}

/** The roles as far as the columns still are there and are numbers; what is not chosen is guessed. */
export function chooseRoles(
  chosen: {
    readonly time?: string | null
    readonly key?: string | null
    readonly values?: readonly string[] | null
  },
  guessed: ChartRoles,
  columns: readonly Column[],
): ChartRoles {
  const has = (name: string) => columns.some((column) => column.name === name)
  const isValue = (name: string) =>
    columns.some((column) => column.name === name && kindOf(column.type) === 'number')
  // An empty name is the choice of none.
  const pick = (choice: string | null | undefined, guess: string | undefined) => {
    if (choice === '') return undefined
    return choice != null && has(choice) ? choice : guess
  }
  const values = chosen.values?.filter(isValue) ?? []
  return {
    time: pick(chosen.time, guessed.time),
    key: pick(chosen.key, guessed.key),
    values: values.length > 0 ? values : guessed.values,
  }
}
