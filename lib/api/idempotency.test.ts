import { describe, expect, test } from 'vitest'
import { IdempotentAnswers, KeyReusedError } from './idempotency.ts'

function counted() {
  let times = 0
  return { act: async () => ++times, times: () => times }
}

describe('answers under a key', () => {
  test('a request that is sent again is done once', async () => {
    const answers = new IdempotentAnswers<number>()
    const { act, times } = counted()
    expect(await Promise.all([answers.once('k', 'a', act), answers.once('k', 'a', act)])).toEqual([1, 1])
    expect(await answers.once('k', 'a', act)).toBe(1)
    expect(times()).toBe(1)
  })

  test('another body under the same key is refused, and another key is another request', async () => {
    const answers = new IdempotentAnswers<number>()
    const { act } = counted()
    await answers.once('k', 'a', act)
    await expect(answers.once('k', 'b', act)).rejects.toThrow(KeyReusedError)
    expect(await answers.once('l', 'b', act)).toBe(2)
  })

  test('what has failed may be tried again', async () => {
    const answers = new IdempotentAnswers<number>()
    const fail = () => Promise.reject(new Error('no'))
    await expect(answers.once('k', 'a', fail)).rejects.toThrow('no')
    expect(await answers.once('k', 'b', async () => 7)).toBe(7)
  })

  test('a key is forgotten after ten minutes', async () => {
    let now = 0
    const answers = new IdempotentAnswers<number>(() => now)
    const { act, times } = counted()
    await answers.once('k', 'a', act)
    now = 10 * 60_000 - 1
    await answers.once('k', 'a', act)
    expect(times()).toBe(1)
    now = 10 * 60_000
    await answers.once('k', 'b', act)
    expect(times()).toBe(2)
  })

  test('no more than 10,000 keys are held, the latest of them', async () => {
    const answers = new IdempotentAnswers<number>()
    const { act } = counted()
    for (let i = 0; i < 10_050; i++) await answers.once(String(i), 'a', act)
    expect(answers.size).toBe(10_000)
    expect(await answers.once('10049', 'a', act)).toBe(10_050)
    expect(await answers.once('0', 'a', act)).toBe(10_051)
  })
})
