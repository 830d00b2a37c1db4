// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { PaintTurns } from './paint-turns.ts'

let visibility: DocumentVisibilityState

beforeEach(() => {
  vi.useFakeTimers()
  visibility = 'visible'
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility)
})

afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

test('two charts never paint in the same frame, and each in its own interval', () => {
  const turns = new PaintTurns()
  const painted: [string, number][] = []
  const leave = ['a', 'b'].map((name) => turns.join(() => painted.push([name, performance.now()]), 500))
  vi.advanceTimersByTime(10_000)
  const times = painted.map(([, at]) => at)
  expect(new Set(times).size).toBe(times.length)
  for (const name of ['a', 'b']) {
    const count = painted.filter(([painter]) => painter === name).length
    expect(count).toBeGreaterThanOrEqual(15)
    expect(count).toBeLessThanOrEqual(21)
  }
  for (const undo of leave) undo()
  expect(vi.getTimerCount()).toBe(0)
})

test('a chart that is dear to paint is painted less often', () => {
  const turns = new PaintTurns()
  let painted = 0
  const leave = turns.join(() => {
    painted += 1
    vi.setSystemTime(Date.now() + 200)
    vi.advanceTimersByTime(200)
  }, 250)
  vi.advanceTimersByTime(16_000)
  // Twelve times the cost is 2.4 s between two pictures; without that there would be 64.
  expect(painted).toBeLessThan(12)
  leave()
})

test('a chart that is dear again and again is drawn from fewer points, and from all again when it is cheap', () => {
  const turns = new PaintTurns()
  const details: number[] = []
  let costPerPoint = 100
  const leave = turns.join((detail) => {
    details.push(detail)
    vi.advanceTimersByTime(costPerPoint * detail)
  }, 200)
  vi.advanceTimersByTime(30_000)
  expect(details.slice(0, 4)).toEqual([1, 1, 1, 0.5])
  // At a quarter it takes 25 ms: neither dear nor cheap.
  expect(details.at(-1)).toBe(0.25)
  costPerPoint = 8
  vi.advanceTimersByTime(20_000)
  expect(details.at(-1)).toBe(1)
  leave()
})

test('a chart that stands is painted once', () => {
  const turns = new PaintTurns()
  let standing = 0
  let moving = 0
  const leave = [
    turns.join(() => {
      standing += 1
    }, Number.POSITIVE_INFINITY),
    turns.join(() => {
      moving += 1
    }, 500),
  ]
  vi.advanceTimersByTime(10_000)
  expect(standing).toBe(1)
  expect(moving).toBeGreaterThan(15)
  document.dispatchEvent(new Event('visibilitychange'))
  vi.advanceTimersByTime(1_000)
  expect(standing).toBe(1)
  for (const undo of leave) undo()
})

test('one picture that took very long does not freeze its chart', () => {
  const turns = new PaintTurns()
  let painted = 0
  const leave = turns.join(() => {
    painted += 1
    if (painted === 1) vi.advanceTimersByTime(3_000)
  }, 250)
  vi.advanceTimersByTime(400)
  expect(painted).toBe(1)
  vi.advanceTimersByTime(5_000)
  expect(painted).toBeGreaterThan(3)
  leave()
})

test('nothing is painted while nobody can see it; the return paints at once', () => {
  const turns = new PaintTurns()
  let painted = 0
  const leave = turns.join(() => {
    painted += 1
  }, 250)
  vi.advanceTimersByTime(1_000)
  visibility = 'hidden'
  vi.advanceTimersByTime(1_000)
  const before = painted
  vi.advanceTimersByTime(60_000)
  expect(painted).toBeLessThanOrEqual(before + 1)
  visibility = 'visible'
  document.dispatchEvent(new Event('visibilitychange'))
  vi.advanceTimersByTime(400)
  expect(painted).toBeGreaterThan(before)
  leave()
})

test('a chart that fails once has its turn again', () => {
  const turns = new PaintTurns()
  let painted = 0
  const undo = turns.join(() => {
    painted += 1
    if (painted === 1) throw new Error('cannot paint')
  }, 250)
  expect(() => vi.advanceTimersByTime(400)).toThrow('cannot paint')
  vi.advanceTimersByTime(400)
  expect(painted).toBeGreaterThan(1)
  undo()
})

test('after the page was hidden each chart is painted once, with all that came meanwhile', () => {
  let isBehind = false
  const turns = new PaintTurns(() => isBehind)
  const painted: boolean[] = []
  const leave = turns.join(() => painted.push(isBehind), 500)
  vi.advanceTimersByTime(490)
  const before = painted.length
  const show = (state: DocumentVisibilityState) => {
    visibility = state
    document.dispatchEvent(new Event('visibilitychange'))
  }
  // A frame may have been asked for already.
  show('hidden')
  isBehind = true
  vi.advanceTimersByTime(60_000)
  expect(painted.length).toBe(before)
  show('visible')
  vi.advanceTimersByTime(300)
  expect(painted.length).toBe(before)
  isBehind = false
  vi.advanceTimersByTime(100)
  expect(painted.slice(before)).toEqual([false])
  leave()
})

test('a chart does not wait for ever for what came while the page was hidden', () => {
  const turns = new PaintTurns(() => true)
  let painted = 0
  const leave = turns.join(() => {
    painted += 1
  }, 500)
  vi.advanceTimersByTime(100)
  const before = painted
  document.dispatchEvent(new Event('visibilitychange'))
  vi.advanceTimersByTime(1_000)
  expect(painted).toBe(before)
  vi.advanceTimersByTime(1_500)
  expect(painted).toBeGreaterThan(before)
  leave()
})
