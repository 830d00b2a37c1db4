import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodePages } from './decode-pages.ts'
import { COMPARISONS, MAX_FOR_S, MAX_RULES, MAX_SENSORS, MAX_THRESHOLD } from './rule.ts'

const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value))
const metric = fc.constantFrom('pm25', 'pm10')
const required = {
  id: fc.string({ minLength: 1, maxLength: 64 }),
  metric,
  comparison: fc.constantFrom(...COMPARISONS),
  threshold: fc.integer({ min: 0, max: MAX_THRESHOLD }),
  forS: fc.integer({ min: 0, max: MAX_FOR_S }),
  isOn: fc.boolean(),
  sinceS: finite,
}
const rule = fc.record(
  { ...required, sensors: fc.array(fc.integer(), { minLength: 1, maxLength: MAX_SENSORS }) },
  { requiredKeys: Object.keys(required) as (keyof typeof required)[] },
)
const told = {
  ruleId: fc.string({ maxLength: 64 }),
  sensorId: fc.integer(),
  words: fc.string({ maxLength: 200 }),
  metric,
  threshold: finite,
  fromS: finite,
  firedS: finite,
}
const alert = fc.record(
  { ...told, toS: finite },
  { requiredKeys: Object.keys(told) as (keyof typeof told)[] },
)
const pages = fc.record({
  version: fc.constant(1),
  rules: fc.array(rule, { maxLength: MAX_RULES }),
  alerts: fc.array(alert, { maxLength: 5 }),
  notify: fc.boolean(),
})

describe('what a browser has kept', () => {
  test('is read as it was written', () => {
    fc.assert(
      fc.property(pages, (written) => {
        expect(decodePages(JSON.parse(JSON.stringify(written)))).toEqual(written)
      }),
    )
  })

  test('is not trusted where any field of it is missing or of another kind', () => {
    fc.assert(
      fc.property(
        rule,
        alert,
        fc.nat(),
        fc.constantFrom(undefined, null, {}, '?', -1e99),
        (one, other, at, wrong) => {
          const whole = { version: 1, rules: [one], alerts: [other], notify: true }
          const places = [
            ...Object.keys(required).map((key) => ({ part: one as object, key })),
            ...Object.keys(told).map((key) => ({ part: other as object, key })),
            ...Object.keys(whole).map((key) => ({ part: whole as object, key })),
          ]
          const place = places[at % places.length]
          if (!place) return
          const { part, key } = place
          const isStillRight =
            (wrong === '?' && ['id', 'ruleId', 'words'].includes(key)) ||
            (wrong === -1e99 && ['sinceS', 'fromS', 'firedS'].includes(key)) ||
            (wrong === -1e99 && (key === 'sensorId' || (key === 'threshold' && part === other)))
          Object.assign(part, { [key]: wrong })
          expect(decodePages(whole) !== undefined).toBe(isStillRight)
        },
      ),
      { numRuns: 500 },
    )
  })

  test('is not trusted beyond the limits of a rule', () => {
    const right = { id: 'r', metric: 'pm25', comparison: '>', threshold: 55, forS: 60, isOn: true, sinceS: 0 }
    const read = (change: object) =>
      decodePages({ version: 1, rules: [{ ...right, ...change }], alerts: [], notify: false })
    expect(read({})).toBeDefined()
    for (const change of [
      { threshold: -1 },
      { threshold: MAX_THRESHOLD + 1 },
      { forS: MAX_FOR_S + 1 },
      { forS: 0.5 },
      { sensors: [] },
      { sensors: Array.from({ length: MAX_SENSORS + 1 }, (_, id) => id) },
      { comparison: '=' },
      { metric: 'pm1' },
      { id: '' },
    ]) {
      expect(read(change), JSON.stringify(change)).toBeUndefined()
    }
  })
})
