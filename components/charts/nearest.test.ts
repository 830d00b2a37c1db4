import { describe, expect, test } from 'vitest'
import { everySecond, seriesOf } from '../../lib/readings/series-of.ts'
import { toPath, toTime, toX, toY } from './chart-frame.ts'
import { createFrame } from './create-frame.ts'
import { nearestLine, readingNear } from './nearest.ts'

const request = { metric: 'pm25', windowS: 60, width: 646, height: 236 } as const
const frame = createFrame(
  {
    lines: [
      seriesOf(1, everySecond(0, 100, 10)),
      seriesOf(2, [...everySecond(0, 60, 30), ...everySecond(80, 100, 30)]),
    ],
  },
  100,
  request,
)

describe('what the pointer means', () => {
  test('is the line nearest to it', () => {
    expect(nearestLine(frame, 90, toY(frame, 12))).toMatchObject({ id: 1, v: 10, t: 90 })
    expect(nearestLine(frame, 90, toY(frame, 28))).toMatchObject({ id: 2, v: 30 })
  })

  test('is nothing of a line that has a gap there', () => {
    const [, second] = frame.lines
    expect(second && readingNear(frame, second, 70)).toBeUndefined()
    expect(nearestLine(frame, 70, toY(frame, 30))).toMatchObject({ id: 1 })
  })
})

test('times and places are each other back', () => {
  expect(toTime(frame, toX(frame, 77))).toBeCloseTo(77)
})

test('the path of a line is broken at its gap', () => {
  const [first, second] = frame.lines
  expect(first && toPath(frame, first).match(/M/g)).toHaveLength(1)
  expect(second && toPath(frame, second).match(/M/g)).toHaveLength(2)
})

test('of too many sensors the highest are drawn, and the rest is told', () => {
  const many = Array.from({ length: 60 }, (_, id) => seriesOf(id, everySecond(90, 100, id)))
  const { lines, hidden } = createFrame({ lines: many }, 100, request)
  expect(hidden).toBe(36)
  expect(lines.map(({ id }) => id)).toContain(59)
  expect(lines.map(({ id }) => id)).not.toContain(0)
})
