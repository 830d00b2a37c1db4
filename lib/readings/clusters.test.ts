import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Pin, toClusters } from './clusters.ts'

const pins = fc
  .array(
    fc.record({
      x: fc.double({ min: 0, max: 800, noNaN: true }),
      y: fc.double({ min: 0, max: 500, noNaN: true }),
    }),
    {
      maxLength: 400,
    },
  )
  .map((spots) => spots.map((spot, id): Pin => ({ id, ...spot })))

describe('clusters', () => {
  test('hold every pin once', () => {
    fc.assert(
      fc.property(pins, (all) => {
        const ids = toClusters(all, 40).flatMap((cluster) => cluster.pins.map(({ id }) => id))
        expect(ids.sort((a, b) => a - b)).toEqual(all.map(({ id }) => id))
      }),
    )
  })

  test('are only as many as there is room for', () => {
    const all = Array.from({ length: 10_000 }, (_, id) => ({
      id,
      x: (id * 7919) % 800,
      y: (id * 104_729) % 500,
    }))
    expect(toClusters(all, 44).length).toBeLessThan(500)
  })

  test('leave pins alone that have room', () => {
    const all = [
      { id: 1, x: 0, y: 0 },
      { id: 2, x: 50, y: 0 },
      { id: 3, x: 53, y: 4 },
    ]
    expect(toClusters(all, 20).map(({ key, pins: members }) => [key, members.length])).toEqual([
      [1, 1],
      [2, 2],
    ])
  })

  test('stay the same while the picture is moved', () => {
    fc.assert(
      fc.property(pins, fc.integer({ min: -300, max: 300 }), (all, dx) => {
        // Whole numbers: adding must not move a pin by a rounding error across a radius.
        const whole = all.map(({ id, x, y }) => ({ id, x: Math.round(x), y: Math.round(y) }))
        const moved = whole.map((pin) => ({ ...pin, x: pin.x + dx }))
        const members = (of: readonly Pin[]) =>
          toClusters(of, 40).map((cluster) => [cluster.key, cluster.pins.map(({ id }) => id)])
        // Two anchors at the same distance are found in the order of the cells, which is kept as well.
        expect(members(moved).map(([key]) => key)).toEqual(members(whole).map(([key]) => key))
      }),
    )
  })
})
