import { setTimeout as sleep } from 'node:timers/promises'
import { type Bench, type Figure, median, quantile } from './support/figure.ts'
import { Load } from './support/load.ts'
import { affordable } from './support/open-files.ts'
import { restingBytes } from './support/process.ts'
import { startBare, startOurs } from './support/servers.ts'
import { bareSource, createSource, drive, type Source } from './support/source.ts'
import { spreads } from './support/spread.ts'

const EVENTS_PER_SECOND = 1

/** How long the last clients wait for an event that the first one has, and what a client costs in memory. */
export const manyClients: Bench = async ({ isFull }) => {
  const clients = affordable(isFull ? 10_000 : 2_000)
  const rounds = 2
  const forMs = isFull ? 20_000 : 10_000
  const [ours, bare, load] = [await startOurs(), await startBare(), await Load.start()]
  try {
    const source = await createSource(ours, 'many_clients')

    async function measure(pid: number, url: string, from: Source) {
      const idle = await restingBytes(pid)
      await load.open(url, clients, { wantsTimes: true })
      await sleep(3_000)
      const bytes = ((await restingBytes(pid)) - idle) / clients
      await load.take()
      await drive(from, EVENTS_PER_SECOND, forMs)
      await sleep(2_000)
      const { receipts, cut } = await load.take()
      if (cut > 0) throw new Error(`${cut} clients were cut off`)
      await load.close()
      await sleep(3_000)
      return { bytes, p99: quantile(spreads(receipts), 0.99) }
    }

    // The first clients of a server also load code that stays.
    await load.open(ours.streamUrl('many_clients'), 200)
    await load.open(bare.streamUrl(), 200)
    await load.close()
    await sleep(2_000)
    const results: {
      ours: Awaited<ReturnType<typeof measure>>
      bare: Awaited<ReturnType<typeof measure>>
    }[] = []
    for (let round = 0; round < rounds; round++) {
      results.push({
        bare: await measure(bare.pid, bare.streamUrl(), bareSource(bare)),
        ours: await measure(ours.pid, ours.streamUrl('many_clients'), source),
      })
    }
    const figure = (
      key: 'bytes' | 'p99',
      rest: Pick<Figure, 'measure' | 'unit' | 'note'>,
      scale = 1,
    ): Figure => ({
      ...rest,
      ours: median(results.map((one) => one.ours[key] / scale)),
      baseline: median(results.map((one) => one.bare[key] / scale)),
      against: 'node:http res.write',
      bar: 1.5,
      ratios: results.map((one) => one.ours[key] / one.bare[key]),
    })
    return [
      figure('p99', {
        measure: `p99 delivery, ${clients} clients`,
        unit: 'ms',
        note: 'after the first client',
      }),
      figure('bytes', { measure: `memory per client, ${clients} clients`, unit: 'KiB' }, 1024),
    ]
  } finally {
    await Promise.allSettled([ours.stop(), bare.stop(), load.stop()])
  }
}
