import { Client } from 'pg'
import type { Browser, Page } from 'playwright'
import { startTailboard, type Tailboard } from '../e2e/support/tailboard.ts'
import { openPage, startBrowser, untilFull } from './support/browser.ts'
import { type Bench, type Figure, median } from './support/figure.ts'
import { addMeter, measureWork, type PageWork } from './support/page-meter.ts'

const MANY = 10_000
const MAX_TASK_MS = 100
const MAX_DELAY_MS = 100
/** What is loaded late is drawn, and the first rows are counted, before anything is measured. */
const AFTER_PRESS_MS = 1_000
const SETTLE_MS = 8_000

interface Round {
  readonly paused: PageWork
  readonly live: PageWork
}

/** Readings of the last seconds may still be on their way, and of the most sensors a minute is kept. */
const UNDERWAY_S = 5
const COUNTED_S = 30

/**
 * Frames, long tasks and delays of input at so many sensors with one reading a second each, against paused charts, and
 * whether the embedded engine, on the same machine, stores what they measure.
 */
export const pageFrames: Bench = async ({ isFull }) => {
  const browser = await startBrowser()
  try {
    const figures: Figure[] = []
    for (const sensors of [24, 1_000, MANY]) {
      const app = await startTailboard({ SENSORS: String(sensors), LOG_LEVEL: 'warn' })
      try {
        const rounds = await measureRounds(browser, app.url, { rounds: 3, forMs: isFull ? 20_000 : 8_000 })
        figures.push(...toFigures(sensors, rounds), await keptUp(app, sensors))
      } finally {
        await app.stop()
      }
    }
    return figures
  } finally {
    await browser.close()
  }
}

/** The readings of each second that are stored, of those that the sensors measure. */
async function keptUp({ databaseUrl }: Tailboard, sensors: number): Promise<Figure> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  const untilS = Math.floor(Date.now() / 1_000) - UNDERWAY_S
  const { rows } = await client.query<{ readings: number }>(
    `SELECT readings FROM air_quality_1s WHERE second >= ${untilS - COUNTED_S} AND second < ${untilS}`,
  )
  await client.end()
  return {
    measure: `readings stored, ${sensors} sensors at 1/s, with the page open`,
    ours: rows.reduce((sum, { readings }) => sum + readings, 0),
    baseline: COUNTED_S * sensors,
    unit: '',
    against: 'one of each sensor and second; a few are silent by turns',
    // Ten thousand are as much as an engine does beside a browser on two cores; what comes too late is left out.
    bar: sensors >= MANY ? 0.75 : 0.97,
    isFloor: true,
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
  const suffix = `${sensors} sensors at 1/s`
  const frames: Figure = {
    measure: `frames per second, ${suffix}`,
    ours: median(framesOf('live')),
    baseline: median(framesOf('paused')),
    unit: '',
    against: 'the same page paused',
    bar: sensors >= MANY ? 0.5 : 0.92,
    isFloor: true,
    ratios: rounds.map((round) => round.live.framesPerSecond / round.paused.framesPerSecond),
    note: `${paints.toFixed(1)} pictures of charts a second`,
  }
  if (sensors >= MANY) return [frames]
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
