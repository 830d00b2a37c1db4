import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BandSeries } from './band.ts'
import { toBandTable, toChartTable } from './chart-table.ts'
import { everySecond, seriesOf } from './series-of.ts'

describe('a chart as a table', () => {
  test('has a column for each sensor, newest row first, with the mean of the row', () => {
    const sensors = [
      seriesOf(1, [
        [0, 10],
        [5, 20],
        [10, 30],
      ]),
      seriesOf(2, [[11, 5]]),
    ]
    const { columns, rows, stepS } = toChartTable(sensors, 'pm25', { fromS: -540, toS: 60 })
    expect(stepS).toBe(10)
    expect(columns).toEqual([{ id: 1 }, { id: 2 }])
    expect(rows).toEqual([
      { t: 10, values: [30, 5] },
      { t: 0, values: [15, null] },
    ])
  })

  test('of many sensors has the lowest, the mean and the highest of all', () => {
    const sensors = Array.from({ length: 20 }, (_, id) => seriesOf(id, everySecond(0, 60, id)))
    const { columns, rows } = toChartTable(sensors, 'pm25', { fromS: 0, toS: 60 })
    expect(columns).toEqual([{ of: 'lowest' }, { of: 'mean' }, { of: 'highest' }])
    expect(rows[0]?.values).toEqual([0, 9.5, 19])
  })

  test('of very many sensors is made from their band, each second counting as much as it has readings', () => {
    const band = new BandSeries()
    band.set({ timestamp: 0, readings: 1, pm25: { min: 1, mean: 10, max: 20 }, pm10: null })
    band.set({ timestamp: 5, readings: 3, pm25: { min: 2, mean: 30, max: 90 }, pm10: null })
    band.set({ timestamp: 13, readings: 3, pm25: null, pm10: null })
    band.set({ timestamp: 25, readings: 1, pm25: { min: 5, mean: 5, max: 5 }, pm10: null })
    const { columns, rows } = toBandTable(band, 'pm25', { fromS: -540, toS: 60 })
    expect(columns).toEqual([{ of: 'lowest' }, { of: 'mean' }, { of: 'highest' }])
    expect(rows).toEqual([
      { t: 20, values: [5, 5, 5] },
      { t: 0, values: [1, 25, 90] },
    ])
  })

  test('is of the selected sensors where some are selected', () => {
    const sensors = Array.from({ length: 20 }, (_, id) => seriesOf(id, everySecond(0, 60, id)))
    const { columns } = toChartTable(sensors, 'pm25', { fromS: 0, toS: 60 }, new Set([3, 7]))
    expect(columns).toEqual([{ id: 3 }, { id: 7 }])
  })

  test('has a row only where somebody has measured', () => {
    const sensor = seriesOf(1, [...everySecond(0, 10), ...everySecond(40, 50)])
    const { rows } = toChartTable([sensor], 'pm25', { fromS: 0, toS: 60 })
    expect(rows.map(({ t }) => t)).not.toContain(20)
    expect(rows).toHaveLength(22)
  })

  test('does not change while no row is complete', () => {
    const sensor = seriesOf(1, everySecond(0, 700))
    const at = (toS: number) => toChartTable([sensor], 'pm25', { fromS: toS - 600, toS }).rows.at(0)
    expect(at(623)).toEqual(at(628))
    expect(at(623)).not.toEqual(at(631))
  })

  test('has at most 60 rows, and no value that was not between what was measured', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 1, max: 99 }))),
        fc.integer({ min: 5, max: 600 }),
        (values, widthS) => {
          const { rows } = toChartTable([seriesOf(1, values)], 'pm25', { fromS: 650 - widthS, toS: 650 })
          expect(rows.length).toBeLessThanOrEqual(60)
          for (const [value] of rows.map((row) => row.values)) {
            expect(value).toBeGreaterThanOrEqual(1)
            expect(value).toBeLessThanOrEqual(99)
          }
        },
      ),
    )
  })
})
