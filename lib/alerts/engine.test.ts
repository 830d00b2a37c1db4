import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Reading } from '../readings/reading.ts'
import { type AlertChange, AlertEngine } from './engine.ts'
import type { AlertRule } from './rule.ts'
import type { Episode } from './run.ts'
import { LATE_S } from './sensor-watch.ts'

const rule: AlertRule = {
  id: 'r',
  metric: 'pm25',
  comparison: '>',
  threshold: 55,
  forS: 5,
  isOn: true,
  sinceS: 0,
}

const reading = (timestamp: number, pm25: number | null, id = 1): Reading => ({
  id,
  pm25,
  pm10: null,
  latitude: null,
  longitude: null,
  timestamp,
})

/** What remains of changes once all are applied: what a reader of the list sees. */
function play(lots: readonly (readonly Reading[])[], own: AlertRule = rule): Episode[] {
  const engine = new AlertEngine()
  engine.setRules([own], [])
  return gather(lots.flatMap((lot) => engine.observe(lot)))
}

function gather(changes: readonly AlertChange[]): Episode[] {
  const episodes = new Map<number, Episode>()
  for (const { before, after } of changes) {
    if (!after && before) episodes.delete(before.fromS)
    if (after) episodes.set(after.fromS, after)
  }
  return [...episodes.values()].sort((a, b) => a.fromS - b.fromS)
}

/** By the definition and without any haste: looks at all readings anew for each of them. */
function oracle(readings: readonly Reading[], { forS, threshold }: AlertRule): Episode[] {
  const gapBefore = (index: number): boolean => {
    const times = readings.slice(0, index + 1).map(({ timestamp }) => timestamp)
    const steps = times.slice(1).map((t, at) => t - (times[at] ?? 0))
    const last = steps.pop()
    if (last === undefined) return true
    const recent = steps.slice(-5).sort((a, b) => a - b)
    return last > Math.max(10, 4.5 * (recent.length < 5 ? 2.5 : (recent[2] ?? 0)))
  }
  const held = (from: number, to: number): boolean =>
    readings
      .slice(from, to + 1)
      .every(({ pm25 }, at) => pm25 !== null && pm25 > threshold && (at === 0 || !gapBefore(from + at))) &&
    (readings[to]?.timestamp ?? 0) - (readings[from]?.timestamp ?? 0) >= forS
  const episodes: Episode[] = []
  let firing: Episode | undefined
  readings.forEach(({ pm25, timestamp }, index) => {
    if (firing && pm25 !== null && pm25 <= threshold) {
      episodes.push({ ...firing, toS: timestamp })
      firing = undefined
    }
    if (firing) return
    const from = readings.findIndex((_, candidate) => candidate <= index && held(candidate, index))
    const start = readings[from]
    if (start) firing = { fromS: start.timestamp, firedS: timestamp, toS: undefined }
  })
  return firing ? [...episodes, firing] : episodes
}

const histories = fc
  .array(
    fc.record({
      stepS: fc.oneof(
        { weight: 8, arbitrary: fc.constantFrom(1, 2) },
        { weight: 1, arbitrary: fc.integer({ min: 3, max: 60 }) },
      ),
      pm25: fc.oneof(
        { weight: 8, arbitrary: fc.constantFrom(50, 60, 60, 60) },
        { weight: 1, arbitrary: fc.constant(null) },
      ),
    }),
    { maxLength: 60 },
  )
  .map((steps) => {
    let t = 1_000
    return steps.map(({ stepS, pm25 }) => {
      t += stepS
      return reading(t, pm25)
    })
  })

describe('an alert', () => {
  test('is what its definition says, reading by reading', () => {
    fc.assert(
      fc.property(histories, (readings) => {
        expect(play(readings.map((one) => [one]))).toEqual(oracle(readings, rule))
      }),
      { numRuns: 500 },
    )
  })

  test('is the same when readings come late, in lots, and twice', () => {
    const arrivals = fc.tuple(
      histories,
      fc.infiniteStream(fc.tuple(fc.integer({ min: 0, max: LATE_S - 1 }), fc.boolean())),
    )
    fc.assert(
      fc.property(arrivals, ([readings, chances]) => {
        const arriving = readings.flatMap((one) => {
          const [lateS, twice] = chances.next().value
          const first = { at: one.timestamp + lateS, one }
          return twice ? [first, { at: first.at + 3, one }] : [first]
        })
        const lots = new Map<number, Reading[]>()
        for (const { at, one } of arriving.sort((a, b) => a.at - b.at)) {
          const lot = Math.floor(at / 2)
          lots.set(lot, [...(lots.get(lot) ?? []), one])
        }
        const inOrder = [...lots.values()]
        expect(play(inOrder)).toEqual(oracle(readings, rule))
      }),
      { numRuns: 500 },
    )
  })

  test('goes on after a reload as if there had been none', () => {
    fc.assert(
      fc.property(histories, fc.nat(), (readings, cut) => {
        const engine = new AlertEngine()
        engine.setRules([rule], [])
        const before = gather(
          readings.slice(0, cut % (readings.length + 1)).flatMap((one) => engine.observe([one])),
        )
        const again = new AlertEngine()
        const known = before.map((episode) => ({
          ...episode,
          ruleId: 'r',
          sensorId: 1,
          words: '',
          metric: 'pm25' as const,
          threshold: 55,
          toS: episode.toS,
        }))
        again.setRules([rule], known.reverse())
        const after = gather(again.observe(readings))
        const all = new Map([...before, ...after].map((episode) => [episode.fromS, episode]))
        expect([...all.values()]).toEqual(oracle(readings, rule))
      }),
    )
  })

  test('begins with the first reading that met the condition and ends with the first that did not', () => {
    const values = [60, 60, 60, 60, 60, 60, 60, 40, 60]
    const readings = values.map((pm25, index) => reading(100 + index, pm25))
    expect(play(readings.map((one) => [one]))).toEqual([{ fromS: 100, firedS: 105, toS: 107 }])
  })

  test('is neither begun nor ended by silence', () => {
    const before = [0, 1, 2, 3].map((s) => reading(100 + s, 60))
    expect(play([before, [reading(160, 60)]])).toEqual([])
    const long = [0, 1, 2, 3, 4, 5].map((s) => reading(100 + s, 60))
    const firing = { fromS: 100, firedS: 105, toS: undefined }
    expect(play([long, [reading(400, 60)]])).toEqual([firing])
    expect(play([long, [reading(400, null)]])).toEqual([firing])
    expect(play([long, [reading(400, 10)]])).toEqual([{ ...firing, toS: 400 }])
  })

  test('is taken back when a late reading shows that the condition had not held', () => {
    const lots = [[0, 1, 2, 4, 5, 6].map((s) => reading(100 + s, 60)), [reading(103, 20)]]
    expect(play(lots)).toEqual([])
  })

  test('is about the sensors of its rule, and does not look back before it', () => {
    const lot = [0, 1, 2, 3, 4, 5, 6].flatMap((s) => [reading(100 + s, 60, 1), reading(100 + s, 60, 2)])
    const engine = new AlertEngine()
    engine.setRules([{ ...rule, sensors: [2] }], [])
    expect(engine.observe(lot).map(({ sensorId }) => sensorId)).toEqual([2])
    expect(play([lot], { ...rule, sinceS: 102 })).toEqual([])
    expect(play([lot], { ...rule, sinceS: 101 })).toEqual([{ fromS: 101, firedS: 106, toS: undefined }])
  })

  test('of a rule that is switched off is not told any more', () => {
    const engine = new AlertEngine()
    engine.setRules([rule], [])
    engine.observe([reading(100, 60)])
    engine.setRules([{ ...rule, isOn: false }], [])
    expect(engine.observe([reading(105, 60)])).toEqual([])
  })

  test.each([
    ['>', 55, false],
    ['>=', 55, true],
    ['<', 55, false],
    ['<=', 55, true],
    ['<', 54, true],
  ] as const)('with %s 55 at %d is %s', (comparison, pm25, fires) => {
    expect(play([[reading(100, pm25)]], { ...rule, comparison, forS: 0 })).toHaveLength(fires ? 1 : 0)
  })

  test('keeps little, however long it runs', () => {
    const engine = new AlertEngine()
    engine.setRules([rule], [])
    let changes = 0
    for (let t = 0; t < 20_000; t += 1) changes += engine.observe([reading(t, t % 20 < 10 ? 60 : 10)]).length
    expect(changes).toBe(2_000)
  })
})
