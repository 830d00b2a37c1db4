import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SessionEnds } from './session-ends.js'

const DAY_MS = 24 * 60 * 60 * 1000
const session = (id: string, untilMs = 30 * DAY_MS) => ({ id, untilMs, isOld: false })

describe('SessionEnds', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 0 }))
  afterEach(() => void vi.useRealTimers())

  it('tells all that a session has open that its reader has signed out, and nobody else', () => {
    const ends = new SessionEnds()
    const told: string[] = []
    ends.watch(session('a'), () => told.push('a1'))
    ends.watch(session('a'), () => told.push('a2'))
    ends.watch(session('b'), () => told.push('b'))
    ends.signOut('a')
    expect(told).toEqual(['a1', 'a2'])
    expect([ends.isSignedOut('a'), ends.isSignedOut('b')]).toEqual([true, false])
  })

  it('tells at once what is opened by a session that was signed out in the meantime', () => {
    const ends = new SessionEnds()
    const onEnd = vi.fn()
    ends.signOut('a')
    ends.watch(session('a'), onEnd)()
    expect(onEnd).toHaveBeenCalledOnce()
    expect(ends.size).toBe(0)
  })

  it('tells within a minute that a session is over, also after more days than a timer reaches', () => {
    const ends = new SessionEnds()
    const onEnd = vi.fn()
    ends.watch(session('a'), onEnd)
    vi.advanceTimersByTime(30 * DAY_MS - 1)
    expect(onEnd).not.toHaveBeenCalled()
    vi.advanceTimersByTime(60_000)
    expect(onEnd).toHaveBeenCalled()
  })

  it('keeps nothing of what has ended, and looks for nothing then', () => {
    const ends = new SessionEnds()
    const onEnd = vi.fn()
    const forget = [ends.watch(session('a'), onEnd), ends.watch(session('a'), onEnd)]
    expect(ends.size).toBe(1)
    for (const end of [...forget, ...forget]) end()
    expect(ends.size).toBe(0)
    ends.signOut('a')
    vi.advanceTimersByTime(60_000)
    expect(onEnd).not.toHaveBeenCalled()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('remembers the latest ten thousand that were signed out', () => {
    const ends = new SessionEnds()
    for (let id = 0; id <= 10_000; id++) ends.signOut(String(id))
    expect([0, 1, 10_000].map((id) => ends.isSignedOut(String(id)))).toEqual([false, true, true])
  })
})
