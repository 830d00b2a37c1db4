import type { Browser, Page } from 'playwright'
import { startTailboard } from '../e2e/support/tailboard.ts'
import { openPage, startBrowser, untilFull } from './support/browser.ts'
import { type Bench, type Figure, median } from './support/figure.ts'
import { addMeter, measureWork, type PageWork } from './support/page-meter.ts'
import { startReplay } from './support/replay.ts'

/** More than an engine on the same machine keeps up with. */
const REPLAYED = 10_000
const MAX_TASK_MS = 100
const MAX_DELAY_MS = 100
/** What is loaded late is drawn, and the first rows are counted, before anything is measured. */
const AFTER_PRESS_MS = 1_000
const SETTLE_MS = 8_000

interface Round {
  readonly paused: PageWork
  readonly live: PageWork
}

/** Frames, long tasks and delays of input at so many sensors with one reading a second each, against paused charts. */
export const pageFrames: Bench = async ({ isFull }) => {
  const browser = await startBrowser()
  try {
    const figures: Figure[] = []
    for (const sensors of [24, 1_000, REPLAYED]) {
      const rounds = await withApp(sensors, (url) =>
        measureRounds(browser, url, { rounds: 3, forMs: isFull ? 20_000 : 8_000 }),
      )
      figures.push(...toFigures(sensors, rounds))
    }
    return figures
  } finally {
    await browser.close()
  }
}

async function withApp<T>(sensors: number, run: (url: string) => Promise<T>): Promise<T> {
  const isReplayed = sensors >= REPLAYED
  const app = await startTailboard({ SENSORS: isReplayed ? '24' : String(sensors), LOG_LEVEL: 'warn' })
  const replay = isReplayed ? await startReplay(app.url, sensors) : undefined
  try {
    return await run(replay?.url ?? app.url)
  } finally {
    await replay?.stop()
    await app.stop()
  }
}

/** Paused and live by turns, in one page: whatever else the machine does meets both. */
async function measureRounds(browser: Browser, url: string, sizes: { rounds: number; forMs: number }) {
  const page = await openPage(browser)
  await addMeter(page)
  await page.goto(url)
  await untilFull(page)
  await page.waitForTimeout(SETTLE_MS)
  const rounds: Round[] = []
  for (let round = 0; round < sizes.rounds; round++) {
    await press(page, 'Pause')
    const paused = await measureWork(page, sizes.forMs)
    await press(page, 'Resume')
    rounds.push({ paused, live: await measureWork(page, sizes.forMs) })
  }
  await page.context().close()
  return rounds
}

async function press(page: Page, name: 'Pause' | 'Resume'): Promise<void> {
  await page.getByRole('button', { name, exact: true }).first().click()
  // What the press itself sets off is not what is measured.
  await page.waitForTimeout(AFTER_PRESS_MS)
}

function toFigures(sensors: number, rounds: readonly Round[]): Figure[] {
  const live = rounds.map((round) => round.live)
  const framesOf = (key: keyof Round) => rounds.map((round) => round[key].framesPerSecond)
  const delays = live.flatMap(({ inputDelaysMs }) => inputDelaysMs)
  const longTasks = live.flatMap(({ longTasksMs }) => longTasksMs)
  // What a busy machine does to a page, it does to one that hardly works, too.
  const paused = rounds.map((round) => round.paused)
  const pausedTask = Math.max(0, ...paused.flatMap(({ longTasksMs }) => longTasksMs))
  const pausedDelay = Math.max(0, ...paused.flatMap(({ inputDelaysMs }) => inputDelaysMs))
  const paints = median(live.map(({ paintsPerSecond }) => paintsPerSecond))
  const suffix = `${sensors} sensors at 1/s${sensors >= REPLAYED ? ', replayed' : ''}`
  const frames: Figure = {
    measure: `frames per second, ${suffix}`,
    ours: median(framesOf('live')),
    baseline: median(framesOf('paused')),
    unit: '',
    against: 'the same page paused',
    bar: sensors >= REPLAYED ? 0.5 : 0.92,
    isFloor: true,
    ratios: rounds.map((round) => round.live.framesPerSecond / round.paused.framesPerSecond),
    note: `${paints.toFixed(1)} pictures of charts a second`,
  }
  if (sensors >= REPLAYED) return [frames]
  return [
    frames,
    {
      measure: `longest task, ${suffix}`,
      ours: Math.max(0, ...longTasks),
      baseline: MAX_TASK_MS,
      unit: 'ms',
      against: 'the bound',
      bar: 1,
      note: `${longTasks.length} took more than 50 ms; paused the longest took ${pausedTask.toFixed(0)} ms`,
    },
    {
      measure: `longest delay of input, ${suffix}`,
      ours: Math.max(0, ...delays),
      baseline: MAX_DELAY_MS,
      unit: 'ms',
      against: 'the bound',
      bar: 1,
      note: `median ${median(delays).toFixed(1)} ms of ${delays.length}; paused the longest took ${pausedDelay.toFixed(0)} ms`,
    },
  ]
}
