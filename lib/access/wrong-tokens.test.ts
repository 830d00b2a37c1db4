import { describe, expect, it } from 'vitest'
import { WrongTokens } from './wrong-tokens.js'

const guess = (tokens: WrongTokens, address = 'a', nowMs = 0) => {
  const punishment = tokens.punish(address, nowMs)
  punishment?.release()
  return punishment?.delayMs
}

describe('WrongTokens', () => {
  it('makes each wrong token of an address wait longer, up to a limit', () => {
    const tokens = new WrongTokens(() => 0.5)
    expect(Array.from({ length: 9 }, () => guess(tokens))).toEqual([
      100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000,
    ])
    expect(guess(tokens, 'b')).toBe(100)
  })

  it('waits up to a quarter less or more, by chance, and never longer than the limit', () => {
    const chances = [0, 0.5, 0.999]
    const firstTwo = chances.map((chance) => {
      const tokens = new WrongTokens(() => chance)
      const delays = Array.from({ length: 40 }, () => guess(tokens) ?? 0)
      expect(Math.max(...delays)).toBeLessThanOrEqual(5_000)
      return delays.slice(0, 2).map(Math.round)
    })
    expect(firstTwo).toEqual([
      [75, 150],
      [100, 200],
      [125, 250],
    ])
  })

  it('forgets after a while without any', () => {
    const tokens = new WrongTokens(() => 0.5)
    guess(tokens)
    guess(tokens)
    expect(guess(tokens, 'a', 15 * 60_000 + 1)).toBe(100)
  })

  it('refuses at once what would hold too many connections', () => {
    const tokens = new WrongTokens(() => 0.5)
    const waiting = Array.from({ length: 20 }, () => tokens.punish('a', 0))
    expect(waiting.filter(Boolean)).toHaveLength(16)
    waiting[0]?.release()
    waiting[0]?.release()
    expect(tokens.punish('a', 0)).toBeDefined()
    expect(tokens.punish('a', 0)).toBeUndefined()
    expect(tokens.punish('b', 0)).toBeDefined()
  })

  it('remembers no more than ten thousand addresses', () => {
    const tokens = new WrongTokens()
    for (let address = 0; address < 10_100; address++) guess(tokens, String(address))
    expect(tokens.size).toBe(10_000)
  })
})
