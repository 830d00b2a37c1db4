import { setTimeout as sleep } from 'node:timers/promises'
import type { Bench, Figure } from './support/figure.ts'
import { Load } from './support/load.ts'
import { affordable } from './support/open-files.ts'
import { startOurs } from './support/servers.ts'
import { createSource } from './support/source.ts'

/** Cursors in the database for one relation, counted on the wire, however many clients read it. */
export const cursors: Bench = async ({ isFull }) => {
  const [ours, load] = [await startOurs(), await Load.start()]
  try {
    await createSource(ours, 'cursors')
    const figures: Figure[] = []
    let connected = 0
    for (const clients of isFull ? [1, 100, affordable(10_000)] : [1, 100, 1_000]) {
      await load.open(ours.streamUrl('cursors'), clients - connected)
      connected = clients
      await sleep(1_000)
      const { open, cut } = await load.count()
      if (open !== clients || cut > 0) throw new Error(`${open} of ${clients} clients are connected`)
      figures.push({
        measure: `upstream cursors, ${clients} clients`,
        ours: ours.cursors(),
        baseline: 1,
        unit: '',
        against: 'relation',
        bar: 1,
      })
    }
    return figures
  } finally {
    await Promise.allSettled([ours.stop(), load.stop()])
  }
}
