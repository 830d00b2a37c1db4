import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright'

/** What a page did in a stretch of time. */
export interface PageWork {
  readonly framesPerSecond: number
  /** Renewed pictures of charts in a second. */
  readonly paintsPerSecond: number
  /** Tasks of the main thread that took more than 50 ms, in milliseconds: those that the browser calls long. */
  readonly longTasksMs: readonly number[]
  /** From each press of the mouse to the page hearing of it, milliseconds. */
  readonly inputDelaysMs: readonly number[]
}

interface Meter {
  begin(): void
  end(): PageWork
}

const PRESS_EVERY_MS = 500

/** Puts the meter into the next document that the page opens. */
export async function addMeter(page: Page): Promise<void> {
  await page.addInitScript(() => {
    let [frames, paints, startedMs, request] = [0, 0, 0, 0]
    let [longTasksMs, inputDelaysMs]: number[][] = [[], []]
    const onFrame = () => {
      frames++
      request = requestAnimationFrame(onFrame)
    }
    const observer = new PerformanceObserver((list) => {
      // One that ended before is told late.
      for (const { startTime, duration } of list.getEntries())
        if (startTime >= startedMs) longTasksMs?.push(duration)
    })
    observer.observe({ type: 'longtask' })
    addEventListener(
      'pointerdown',
      ({ timeStamp }) => inputDelaysMs?.push(performance.now() - timeStamp),
      true,
    )
    const pictures = new MutationObserver((list) => {
      paints += list.length
    })
    const meter: Meter = {
      begin: () => {
        pictures.observe(document.body, { subtree: true, attributeFilter: ['data-to'] })
        ;[frames, paints, longTasksMs, inputDelaysMs] = [0, 0, [], []]
        startedMs = performance.now()
        request = requestAnimationFrame(onFrame)
      },
      end: () => {
        cancelAnimationFrame(request)
        pictures.disconnect()
        const seconds = (performance.now() - startedMs) / 1_000
        return {
          framesPerSecond: frames / seconds,
          paintsPerSecond: paints / seconds,
          longTasksMs: longTasksMs ?? [],
          inputDelaysMs: inputDelaysMs ?? [],
        }
      },
    }
    Object.assign(globalThis, { meter })
  })
}

/** Measures for so long, while somebody presses the mouse where nothing comes of it twice a second. */
export async function measureWork(page: Page, forMs: number): Promise<PageWork> {
  const box = await page.getByRole('heading', { level: 1 }).boundingBox()
  if (!box) throw new Error('The page has no heading to press on')
  return measureWhile(page, { x: box.x + 2, y: box.y + 2 }, () => sleep(forMs))
}

/** Measures while something goes on, and somebody presses the mouse at a spot twice a second. */
export async function measureWhile(
  page: Page,
  spot: { readonly x: number; readonly y: number },
  goesOn: () => Promise<unknown>,
): Promise<PageWork> {
  await page.evaluate(() => (globalThis as unknown as { meter: Meter }).meter.begin())
  let isOver = false
  const over = goesOn().finally(() => {
    isOver = true
  })
  while (!isOver) {
    await Promise.race([over, sleep(PRESS_EVERY_MS)])
    await page.mouse.click(spot.x, spot.y)
  }
  await over
  return page.evaluate(() => (globalThis as unknown as { meter: Meter }).meter.end())
}
