import { setTimeout as sleep } from 'node:timers/promises'
import { type Bench, type Figure, median } from './support/figure.ts'
import { Load } from './support/load.ts'
import { cpuMicros } from './support/process.ts'
import { startBare, startBetterSse, startOurs } from './support/servers.ts'
import { bareSource, createSource, drive, type Source } from './support/source.ts'

const CLIENTS = 1_000
const EVENTS_PER_SECOND = 20
const SETTLE_MS = 2_500

/**
 * Server CPU for one event to one client: ours against `res.write` of the same bytes and against better-sse, and ours
 * with gzip.
 */
export const fanOut: Bench = async ({ isFull }) => {
  const rounds = isFull ? 5 : 3
  const forMs = isFull ? 8_000 : 5_000
  const [ours, bare, better, load] = [
    await startOurs(),
    await startBare(),
    await startBetterSse(),
    await Load.start(),
  ]
  try {
    const source = await createSource(ours, 'fan_out')

    async function perDelivery(pid: number, url: string, from: Source, isGzip = false): Promise<number> {
      await load.open(url, CLIENTS, { isGzip })
      await sleep(SETTLE_MS)
      const before = { cpu: cpuMicros(pid), ...(await load.count()) }
      await drive(from, EVENTS_PER_SECOND, forMs)
      await sleep(500)
      const after = { cpu: cpuMicros(pid), ...(await load.count()) }
      await load.close()
      await sleep(SETTLE_MS)
      return (after.cpu - before.cpu) / (after.frames - before.frames)
    }

    const measureAll = async () => ({
      bare: await perDelivery(bare.pid, bare.streamUrl(), bareSource(bare)),
      ours: await perDelivery(ours.pid, ours.streamUrl('fan_out'), source),
      gzip: await perDelivery(ours.pid, ours.streamUrl('fan_out'), source, true),
      better: await perDelivery(better.pid, better.streamUrl(), bareSource(better)),
      betterFetch: await perDelivery(better.pid, better.streamUrl('fetch'), bareSource(better)),
    })
    type Result = Awaited<ReturnType<typeof measureAll>>
    const results: Result[] = []
    // The first round warms all up.
    for (let round = 0; round <= rounds; round++) {
      const result = await measureAll()
      if (round > 0) results.push(result)
    }
    const of = (key: keyof Result) => median(results.map((result) => result[key]))
    const figure = (
      key: keyof Result,
      baseline: keyof Result,
      rest: Pick<Figure, 'measure' | 'against' | 'bar' | 'note'>,
    ): Figure => ({
      ...rest,
      ours: of(key),
      baseline: of(baseline),
      unit: 'µs',
      ratios: results.map((result) => result[key] / result[baseline]),
    })
    const measure = `server CPU per delivery, ${CLIENTS} clients`
    return [
      figure('ours', 'bare', {
        measure,
        against: 'node:http res.write',
        bar: 1,
        note: 'ours includes reading the cursor',
      }),
      figure('ours', 'better', {
        measure,
        against: 'better-sse, over node:http',
        bar: 0.2,
        ...(of('bare') > 0.2 * of('better') && { note: 'res.write itself costs more than the bar' }),
      }),
      figure('ours', 'betterFetch', { measure, against: 'better-sse, over a Response', bar: 0.2 }),
      figure('gzip', 'ours', { measure: 'the same with gzip', against: 'ours, plain', bar: 1.15 }),
    ]
  } finally {
    await Promise.allSettled([ours.stop(), bare.stop(), better.stop(), load.stop()])
  }
}
