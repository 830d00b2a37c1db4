import { expect, test } from 'vitest'
import { breathe } from './breathe.ts'

test('what is due has its turn while work goes on', async () => {
  let isDue = false
  let breaths = 0
  setTimeout(() => {
    isDue = true
  }, 0)
  // Were it only put off until the end of the task, this would never end.
  while (!isDue) {
    await breathe()
    breaths += 1
  }
  expect(breaths).toBeGreaterThan(0)
})
