import { describe, expect, test } from 'vitest'
import { IdempotentAnswers, KeyReusedError } from './idempotency.ts'

const undone = () => true

function counted() {
  let times = 0
  return { act: async () => ++times, times: () => times }
}

describe('answers under a key', () => {
  test('a request that is sent again is done once', async () => {
    const answers = new IdempotentAnswers<number>()
    const { act, times } = counted()
    expect(
      await Promise.all([answers.once('k', 'a', act, undone), answers.once('k', 'a', act, undone)]),
    ).toEqual([1, 1])
    expect(await answers.once('k', 'a', act, undone)).toBe(1)
    expect(times()).toBe(1)
  })

  test('another body under the same key is refused, and another key is another request', async () => {
    const answers = new IdempotentAnswers<number>()
    const { act } = counted()
    await answers.once('k', 'a', act, undone)
    await expect(answers.once('k', 'b', act, undone)).rejects.toThrow(KeyReusedError)
    expect(await answers.once('l', 'b', act, undone)).toBe(2)
  })

  test('what has failed may be tried again', async () => {
    const answers = new IdempotentAnswers<number>()
    const fail = () => Promise.reject(new Error('no'))
    await expect(answers.once('k', 'a', fail, undone)).rejects.toThrow('no')
    expect(await answers.once('k', 'b', async () => 7, undone)).toBe(7)
  })

  test('what has failed without anybody knowing whether it was done is not done again', async () => {
    const answers = new IdempotentAnswers<number>()
    const fail = () => Promise.reject(new Error('no answer'))
    const { act, times } = counted()
    await expect(answers.once('k', 'a', fail, () => false)).rejects.toThrow('no answer')
    await expect(answers.once('k', 'a', act, () => false)).rejects.toThrow('no answer')
    expect(times()).toBe(0)
  })

  test('a key is forgotten after ten minutes', async () => {
    let now = 0
    const answers = new IdempotentAnswers<number>(() => now)
    const { act, times } = counted()
    await answers.once('k', 'a', act, undone)
    now = 10 * 60_000 - 1
    await answers.once('k', 'a', act, undone)
    expect(times()).toBe(1)
    now = 10 * 60_000
    await answers.once('k', 'b', act, undone)
    expect(times()).toBe(2)
  })

  test('no more than 10,000 keys are held, the latest of them', async () => {
    const answers = new IdempotentAnswers<number>()
    const { act } = counted()
    for (let i = 0; i < 10_050; i++) await answers.once(String(i), 'a', act, undone)
    expect(answers.size).toBe(10_000)
    expect(await answers.once('10049', 'a', act, undone)).toBe(10_050)
    expect(await answers.once('0', 'a', act, undone)).toBe(10_051)
  })
})
