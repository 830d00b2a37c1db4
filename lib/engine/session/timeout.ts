import { internalError } from '../errors.ts'
import type { Option } from '../parse/scanner.ts'
import type { Version } from '../version.ts'
import type { Wait } from './portal.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** How long a FETCH waits, after its options. */
export function readWait(options: readonly Option[], era: Version['era']): Wait {
  const [option, ...more] = options
  if (!option) return { kind: 'first' }
  if (era === 'tail') {
    if (more.length > 0 || option.name !== 'timeout') throw internalError('unexpected options')
    if (option.value?.kind !== 'string') throw internalError('expected Interval')
  } else if (more.length > 0) throw internalError('TIMEOUT specified more than once')
  const interval = readInterval(option, era)
  const ms = interval.days * DAY_MS + interval.ms
  if (era === 'tail') {
    const outside = interval.months !== 0 || ms < 0 || ms > DAY_MS
    if (outside) throw internalError(`timeout out of range: ${formatInterval(interval)}`)
  } else {
    if (interval.months !== 0) throw invalid('cannot convert interval with months to duration')
    if (ms < 0) throw invalid('cannot convert negative interval to duration')
    if (ms > DAY_MS) throw internalError(`timeout out of range: ${formatDuration(ms)}`)
  }
  return { kind: 'time', ms }
}

const invalid = (why: string) => internalError(`invalid TIMEOUT: ${why}`)

interface Interval {
  readonly months: number
  readonly days: number
  readonly ms: number
}

/** Months, days and milliseconds of each unit. */
const UNITS: Readonly<Record<string, readonly [number, number, number]>> = {
  millisecond: [0, 0, 1],
  ms: [0, 0, 1],
  second: [0, 0, 1000],
  sec: [0, 0, 1000],
  s: [0, 0, 1000],
  minute: [0, 0, 60_000],
  min: [0, 0, 60_000],
  m: [0, 0, 60_000],
  hour: [0, 0, 3_600_000],
  h: [0, 0, 3_600_000],
  day: [0, 1, 0],
  d: [0, 1, 0],
  week: [0, 7, 0],
  month: [1, 0, 0],
  year: [12, 0, 0],
}

const PART = /^\s*([+-]?\d+(?:\.\d+)?)\s*([a-zA-Z]+)/
const CLOCK = /^\s*([+-]?)(\d+):(\d+)(?::(\d+(?:\.\d+)?))?\s*$/

function readInterval(option: Option, era: Version['era']): Interval {
  const { value } = option
  if (!value) throw invalid('must provide an interval value')
  if (value.kind === 'word') throw invalid('cannot use value as interval')
  if (value.kind === 'number') return { months: 0, days: 0, ms: Number(value.text) * 1000 }
  let rest = value.text
  let [months, days, ms] = [0, 0, 0]
  for (let part = PART.exec(rest); part; part = PART.exec(rest)) {
    const [whole, number = '', word = ''] = part
    const unit = UNITS[word.toLowerCase()] ?? UNITS[word.toLowerCase().replace(/s$/, '')]
    if (!unit) break
    months += Number(number) * unit[0]
    days += Number(number) * unit[1]
    ms += Number(number) * unit[2]
    rest = rest.slice(whole.length)
    // The older parser reads one unit for each word.
    if (/^\d/.test(rest)) throw malformed(value.text, rest, era)
  }
  const clock = CLOCK.exec(rest)
  if (clock) {
    const [, sign, hours, minutes, seconds = '0'] = clock
    const size = Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000
    return { months, days, ms: ms + (sign === '-' ? -size : size) }
  }
  if (/^\s*[+-]?\d+(\.\d+)?\s*$/.test(rest)) return { months, days, ms: ms + Number(rest) * 1000 }
  if (rest.trim() === '') return { months, days, ms }
  throw malformed(value.text, rest, era)
}

const malformed = (text: string, rest: string, era: Version['era']) => {
  const [, number = '', unit = ''] = PART.exec(rest) ?? []
  const name = { ms: 'Milliseconds', s: 'Second', m: 'Minute', h: 'Hour' }[unit] ?? unit
  const detail = number ? `have unprocessed tokens ${number}${name}` : `unknown format`
  const message = `invalid input syntax for type interval: ${detail}: "${text}"`
  return era === 'tail' ? internalError(message) : invalid(message)
}

function formatInterval({ months, days, ms }: Interval): string {
  const parts: string[] = []
  const plural = (count: number, unit: string) => `${count} ${unit}${Math.abs(count) === 1 ? '' : 's'}`
  if (Math.trunc(months / 12)) parts.push(plural(Math.trunc(months / 12), 'year'))
  if (months % 12) parts.push(plural(months % 12, 'month'))
  if (days) parts.push(plural(days, 'day'))
  if (ms || parts.length === 0) {
    const size = Math.abs(ms)
    const two = (value: number) => String(Math.trunc(value)).padStart(2, '0')
    const fraction =
      size % 1000
        ? `.${String(size % 1000)
            .padStart(3, '0')
            .replace(/0+$/, '')}`
        : ''
    const clock = `${two(size / 3_600_000)}:${two((size / 60_000) % 60)}:${two((size / 1000) % 60)}${fraction}`
    parts.push(`${ms < 0 ? '-' : ''}${clock}`)
  }
  return parts.join(' ')
}

function formatDuration(ms: number): string {
  return `${ms / 1000}s`
}
