import { setTimeout as sleep } from 'node:timers/promises'
import { type Bench, median } from './support/figure.ts'
import { Load } from './support/load.ts'
import { cpuMicros } from './support/process.ts'
import { startBare, startOurs } from './support/servers.ts'
import { bareSource, createSource, drive, type Source } from './support/source.ts'

const CLIENTS = 1_000
const EVENTS_PER_SECOND = 20
const SETTLE_MS = 2_500

/** Server CPU for one event to one client: ours against `res.write` of the same bytes, and ours with gzip. */
export const fanOut: Bench = async ({ isFull }) => {
  const rounds = isFull ? 7 : 3
  const forMs = isFull ? 10_000 : 5_000
  const [ours, bare, load] = [await startOurs(), await startBare(), await Load.start()]
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

    const results: { ours: number; bare: number; gzip: number }[] = []
    // The first round warms both up.
    for (let round = 0; round <= rounds; round++) {
      const result = {
        bare: await perDelivery(bare.pid, bare.streamUrl(), bareSource(bare)),
        ours: await perDelivery(ours.pid, ours.streamUrl('fan_out'), source),
        gzip: await perDelivery(ours.pid, ours.streamUrl('fan_out'), source, true),
      }
      if (round > 0) results.push(result)
    }
    const of = (key: keyof (typeof results)[number]) => median(results.map((result) => result[key]))
    return [
      {
        measure: `server CPU per delivery, ${CLIENTS} clients`,
        ours: of('ours'),
        baseline: of('bare'),
        unit: 'µs',
        against: 'node:http res.write',
        bar: 1,
        ratios: results.map((one) => one.ours / one.bare),
        note: 'ours includes reading the cursor',
      },
      {
        measure: 'the same with gzip',
        ours: of('gzip'),
        baseline: of('ours'),
        unit: 'µs',
        against: 'ours, plain',
        bar: 1.15,
        ratios: results.map((one) => one.gzip / one.ours),
      },
    ]
  } finally {
    await Promise.allSettled([ours.stop(), bare.stop(), load.stop()])
  }
}
