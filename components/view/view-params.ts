import {
  createParser,
  parseAsArrayOf,
  parseAsFloat,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from 'nuqs'
import type { Category } from '../../lib/readings/air-quality.ts'

export const WINDOWS = [
  { value: 30, label: '30 s', name: '30 seconds' },
  { value: 60, label: '1 min', name: 'minute' },
  { value: 300, label: '5 min', name: '5 minutes' },
  { value: 600, label: '10 min', name: '10 minutes' },
] as const

/** The least that can be zoomed to. */
export const MIN_WINDOW_S = 5
export const MAX_WINDOW_S = 600
const UNITS = { s: 1, m: 60 }

/** Seconds as `30s` or `10m`; zooming makes windows that no button has. */
const parseAsWindow = createParser({
  parse(text: string) {
    const [, digits, unit] = /^(\d{1,4})(s|m)$/.exec(text) ?? []
    const seconds = Number(digits) * UNITS[unit === 'm' ? 'm' : 's']
    return seconds >= MIN_WINDOW_S && seconds <= MAX_WINDOW_S ? seconds : null
  },
  serialize: (seconds: number) => (seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`),
})

/** Yes as `1`; no is not in the address. */
const parseAsOne = createParser({
  parse: (text: string) => text === '1' || text === 'true',
  serialize: (isSo: boolean) => (isSo ? '1' : '0'),
})

const CATEGORIES = [
  'good',
  'moderate',
  'sensitive',
  'unhealthy',
  'very-unhealthy',
  'hazardous',
] as const satisfies readonly Category[]

export const SENSOR_STATES = ['online', 'silent', 'faulty'] as const
export const THEMES = ['light', 'dark', 'system'] as const

/** What a link to a view of the page carries. What is not said is the default, and is not in the address. */
export const viewParams = {
  /** Width of the charts in seconds. */
  window: parseAsWindow.withDefault(600),
  /** Where the charts end, in Unix seconds, while the reader has stopped them; else they end now. */
  at: parseAsFloat,
  /** Ids of the sensors that are selected. */
  sensors: parseAsArrayOf(parseAsInteger).withDefault([]),
  /** What the table is searched for. */
  q: parseAsString.withDefault(''),
  category: parseAsArrayOf(parseAsStringLiteral(CATEGORIES)).withDefault([]),
  state: parseAsArrayOf(parseAsStringLiteral(SENSOR_STATES)).withDefault([]),
  theme: parseAsStringLiteral(THEMES),
  kiosk: parseAsOne.withDefault(false),
}
