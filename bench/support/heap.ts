import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, CDPSession, Page } from 'playwright'

const LOOKS = 5
const LOOK_EVERY_MS = 700

/** Measures what a page holds once garbage is collected, the worker that it shares with other tabs included. */
export class HeapMeter {
  readonly #page: CDPSession
  readonly #worker: WorkerSession | undefined

  private constructor(page: CDPSession, worker: WorkerSession | undefined) {
    this.#page = page
    this.#worker = worker
  }

  /** Begin it once the page has opened its worker. */
  static async of(page: Page, browser: Browser): Promise<HeapMeter> {
    const session = await page.context().newCDPSession(page)
    const { targetInfo } = await session.send('Target.getTargetInfo')
    return new HeapMeter(session, await WorkerSession.of(browser, targetInfo.browserContextId))
  }

  get hasWorker(): boolean {
    return this.#worker !== undefined
  }

  /** Bytes: the least of some looks, as what is being drawn or read at that moment is not held. */
  async heldBytes(): Promise<number> {
    let least = Number.POSITIVE_INFINITY
    for (let look = 0; look < LOOKS; look++) {
      if (look > 0) await sleep(LOOK_EVERY_MS)
      const page = await this.#held(this.#page)
      const worker = this.#worker ? await this.#held(this.#worker) : 0
      least = Math.min(least, page + worker)
    }
    return least
  }

  async #held(session: Pick<CDPSession, 'send'> | WorkerSession): Promise<number> {
    // What finalizers let go of is free only after the second time.
    for (let i = 0; i < 2; i++) await session.send('HeapProfiler.collectGarbage')
    return (await session.send('Runtime.getHeapUsage')).usedSize
  }
}

type Method = 'HeapProfiler.collectGarbage' | 'Runtime.getHeapUsage'

/** Playwright gives pages sessions and shared workers none: theirs goes through the browser's. */
class WorkerSession {
  readonly #browser: CDPSession
  readonly #id: string
  #asked = 0

  private constructor(browser: CDPSession, id: string) {
    this.#browser = browser
    this.#id = id
  }

  static async of(browser: Browser, browserContextId?: string): Promise<WorkerSession | undefined> {
    const session = await browser.newBrowserCDPSession()
    const { targetInfos } = await session.send('Target.getTargets', {
      filter: [{ type: 'shared_worker' }],
    })
    const target = targetInfos.find((one) => one.browserContextId === browserContextId)
    if (!target) return undefined
    const { sessionId } = await session.send('Target.attachToTarget', {
      targetId: target.targetId,
      flatten: false,
    })
    return new WorkerSession(session, sessionId)
  }

  send(method: Method): Promise<{ usedSize: number }> {
    const id = ++this.#asked
    return new Promise((resolve, reject) => {
      const onMessage = ({ sessionId, message }: { sessionId: string; message: string }) => {
        const answer = JSON.parse(message) as { id?: number; result?: { usedSize: number }; error?: object }
        if (sessionId !== this.#id || answer.id !== id) return
        this.#browser.off('Target.receivedMessageFromTarget', onMessage)
        if (answer.result) resolve(answer.result)
        else reject(new Error(`${method}: ${JSON.stringify(answer.error)}`))
      }
      this.#browser.on('Target.receivedMessageFromTarget', onMessage)
      const message = JSON.stringify({ id, method })
      this.#browser.send('Target.sendMessageToTarget', { sessionId: this.#id, message }).catch(reject)
    })
  }
}
