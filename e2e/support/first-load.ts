import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright/test'

export interface ScriptSize {
  readonly url: string
  /** Gzipped. */
  readonly bytes: number
}

/** Notes the scripts that the page loads from now on; the answer gives those so far. */
export function watchScripts(page: Page): () => Promise<ScriptSize[]> {
  const scripts = new Map<string, Promise<Buffer>>()
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.set(response.url(), response.body())
  })
  return () =>
    Promise.all([...scripts].map(async ([url, body]) => ({ url, bytes: gzipSync(await body).byteLength })))
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
