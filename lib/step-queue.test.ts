import { beforeEach, describe, expect, test } from 'vitest'
import { StepQueue } from './step-queue.ts'
import type { Steps } from './steps.ts'

let done: string[]
let queue: StepQueue
beforeEach(() => {
  done = []
  queue = new StepQueue({ breathe: async () => {}, onProgress: () => done.push(queue.isBusy ? '…' : 'idle') })
})

const work = (name: string): (() => Steps) =>
  function* () {
    done.push(`${name} begins`)
    yield 1
    done.push(`${name} ends`)
  }

describe('work in a queue', () => {
  test('is over at once where it is little and nothing waits', () => {
    queue.add(work('a'), 10)
    expect(done).toEqual(['a begins', 'a ends'])
  })

  test('waits for what came before it, also where it is little', async () => {
    queue.add(work('a'), 1_000_000)
    queue.add(work('b'), 1)
    expect(queue.isBusy).toBe(true)
    expect(done).toEqual([])
    await expect.poll(() => queue.isBusy).toBe(false)
    expect(done.filter((one) => one !== '…')).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'idle'])
  })

  test('that takes long lets others have their turn', async () => {
    let breaths = 0
    const slow = new StepQueue({
      breathe: async () => {
        breaths += 1
      },
      onProgress: () => {},
    })
    slow.add(function* () {
      for (let step = 0; step < 5; step += 1) {
        const end = performance.now() + 12
        while (performance.now() < end) {}
        yield 1
      }
    }, 1_000_000)
    await expect.poll(() => slow.isBusy).toBe(false)
    expect(breaths).toBe(6)
  })
})
