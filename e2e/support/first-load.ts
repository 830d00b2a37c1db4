import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright/test'

export interface ScriptSize {
  readonly url: string
  /** Gzipped. */
  readonly bytes: number
}

/**
 * Notes the scripts that the next document of the page loads; the answer gives those that were asked for before its
 * first chart was drawn. The moment is taken in the page itself, as more is asked for right after it.
 */
export async function watchScripts(page: Page): Promise<() => Promise<ScriptSize[]>> {
  const scripts = new Map<string, Promise<Buffer>>()
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.set(response.url(), response.body())
  })
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector('path.recharts-line-curve')) return
      observer.disconnect()
      performance.mark('first chart')
    }).observe(document, { childList: true, subtree: true })
  })
  return async () => {
    const early = await page.evaluate(() => {
      const [chart] = performance.getEntriesByName('first chart')
      return performance
        .getEntriesByType('resource')
        .filter(({ startTime }) => chart && startTime < chart.startTime)
        .map(({ name }) => name)
    })
    const loaded = [...scripts].filter(([url]) => early.includes(url))
    return Promise.all(loaded.map(async ([url, body]) => ({ url, bytes: gzipSync(await body).byteLength })))
  }
}

export interface Shift {
  readonly value: number
  /** The begin of what has moved, as HTML. */
  readonly nodes: readonly string[]
}

/** Notes what moves in the next document that the page opens; the answer gives what has moved so far. */
export async function watchShifts(page: Page): Promise<() => Promise<Shift[]>> {
  await page.addInitScript(() => {
    const shifts: Shift[] = []
    Object.assign(globalThis, { shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as {
        value: number
        sources: { node?: Element }[]
      }[])
        shifts.push({
          value: entry.value,
          nodes: entry.sources.map(({ node }) => node?.outerHTML?.slice(0, 120) ?? ''),
        })
    }).observe({ type: 'layout-shift', buffered: true })
  })
  return () => page.evaluate(() => (globalThis as unknown as { shifts: Shift[] }).shifts)
}
