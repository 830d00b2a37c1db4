import { expect, test } from 'playwright/test'
import { expectState, expectToMove, openDashboard } from './support/page.ts'
import { descendants, isRunning } from './support/processes.ts'
import { startTailboard } from './support/tailboard.ts'

test.setTimeout(240_000)

test('an open page goes on by itself after the whole of Tailboard was killed and started again', async ({
  page,
}) => {
  const first = await startTailboard()
  const started = descendants(first.pid)
  await openDashboard(page, first.url)
  await first.kill()
  await expectState(page, 'Reconnecting')
  // Nothing outlives the launcher, not even one that had no chance to say so.
  await expect.poll(() => started.filter(isRunning)).toEqual([])
  const second = await startTailboard({ PORT: new URL(first.url).port })
  try {
    await expectState(page, 'Live', 30_000)
    await expectToMove(page, 'PM2.5 over time')
  } finally {
    await second.stop()
  }
})

test('an open page goes on by itself after the engine was killed', async ({ page }) => {
  const tailboard = await startTailboard()
  try {
    await openDashboard(page, tailboard.url)
    const engine = descendants(tailboard.pid).find(({ command }) => command.includes('lib/engine/main.ts'))
    // Pid 0 would mean the test's own process group.
    if (!engine) throw new Error('No engine was found below the launcher')
    process.kill(engine.pid, 'SIGKILL')
    await expectState(page, 'The database does not answer')
    await expectState(page, 'Live', 30_000)
    await expectToMove(page, 'PM2.5 over time')
  } finally {
    await tailboard.stop()
  }
})

test('Ctrl-C ends everything within five seconds, also with a page open', async ({ page }) => {
  const tailboard = await startTailboard()
  await openDashboard(page, tailboard.url)
  const started = descendants(tailboard.pid)
  expect(started.length).toBeGreaterThanOrEqual(4)
  const before = Date.now()
  await tailboard.stop()
  expect(Date.now() - before).toBeLessThan(5_000)
  expect(started.filter(isRunning)).toEqual([])
})
