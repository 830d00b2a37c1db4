import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright'

/** What the charts did while nobody could see them and when somebody could again. */
export interface Absence {
  readonly charts: number
  readonly paintsWhileHidden: number
  /** Pictures of all charts until each showed what had come meanwhile. */
  readonly paintsToCatchUp: number
}

interface Paint {
  readonly chart: string
  readonly isHidden: boolean
  /** How far its lines reach, as a share of its width. */
  readonly reach: number
}

interface Watched {
  setHidden(isHidden: boolean): void
  readonly paints: readonly Paint[]
}

/** Lines that reach less far lack what came while the page was hidden. */
const CAUGHT_UP = 0.9
const CATCH_UP_MS = 10_000

/** Lets the next document that the page opens be hidden: a page under Playwright is always visible. */
export async function addHiding(page: Page): Promise<void> {
  await page.addInitScript(() => {
    let isHidden = false
    const paints: Paint[] = []
    Object.defineProperty(document, 'hidden', { get: () => isHidden })
    Object.defineProperty(document, 'visibilityState', { get: () => (isHidden ? 'hidden' : 'visible') })
    const reachOf = (chart: Element) => {
      const width = chart.querySelector('svg')?.getBoundingClientRect().width ?? Number.NaN
      const ends = [...chart.querySelectorAll('path.recharts-line-curve')].map((line) =>
        Number(/([\d.]+)[, ][\d.]+\s*$/.exec(line.getAttribute('d') ?? '')?.[1] ?? 0),
      )
      return Math.max(0, ...ends) / width
    }
    const observer = new MutationObserver((list) => {
      for (const { target } of list) {
        if (target instanceof Element)
          paints.push({ chart: target.getAttribute('data-chart') ?? '', isHidden, reach: reachOf(target) })
      }
    })
    const watched: Watched = {
      setHidden: (hidden) => {
        observer.observe(document.body, { subtree: true, attributeFilter: ['data-to'] })
        isHidden = hidden
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
      },
      paints,
    }
    Object.assign(globalThis, { watched })
  })
}

/** Hides the page for so long and shows it again. Its window must be twice as long, so that what is missed is seen. */
export async function hideFor(page: Page, ms: number): Promise<Absence> {
  const setHidden = (isHidden: boolean) =>
    page.evaluate(
      (hidden) => (globalThis as unknown as { watched: Watched }).watched.setHidden(hidden),
      isHidden,
    )
  const paintsSoFar = () =>
    page.evaluate(() => (globalThis as unknown as { watched: Watched }).watched.paints)
  const charts = await page.locator('figure[data-chart]').count()
  await setHidden(true)
  await sleep(ms)
  const hidden = await paintsSoFar()
  await setHidden(false)
  const untilMs = Date.now() + CATCH_UP_MS
  for (;;) {
    const after = (await paintsSoFar()).slice(hidden.length)
    const names = [...new Set(after.map(({ chart }) => chart))]
    const counts = names.map((name) => {
      const own = after.filter(({ chart }) => chart === name)
      return own.findIndex(({ reach }) => reach >= CAUGHT_UP) + 1
    })
    if (counts.length === charts && counts.every((count) => count > 0))
      return {
        charts,
        paintsWhileHidden: hidden.length,
        paintsToCatchUp: counts.reduce((sum, count) => sum + count, 0),
      }
    if (Date.now() > untilMs) throw new Error(`The charts did not catch up: ${JSON.stringify(after)}`)
    await sleep(200)
  }
}
