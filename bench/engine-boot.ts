import { rm } from 'node:fs/promises'
import { Client } from 'pg'
import { templateFile } from '../lib/engine/storage.ts'
import { type Bench, median } from './support/figure.ts'
import { clockMs } from './support/process.ts'
import { startEngine } from './support/servers.ts'

/** From the start of the engine's process to the first row of a cursor: as always, and where initdb must run first. */
export const engineBoot: Bench = async ({ isFull }) => {
  const rounds = isFull ? 7 : 5
  const results: { kept: number; paying: number }[] = []
  // The first round warms the disk up.
  for (let round = 0; round <= rounds; round++) {
    // As on a machine on which no engine was ever started; this boot makes it anew.
    await rm(await templateFile('tail'), { force: true })
    const paying = await boot()
    const kept = await boot()
    if (round > 0) results.push({ kept, paying })
  }
  return [
    {
      measure: 'engine: boot to first FETCH',
      ours: median(results.map(({ kept }) => kept)),
      baseline: median(results.map(({ paying }) => paying)),
      unit: 'ms',
      against: 'a boot that pays initdb',
      bar: 0.6,
      ratios: results.map(({ kept, paying }) => kept / paying),
    },
  ]
}

async function boot(): Promise<number> {
  const started = clockMs()
  const engine = await startEngine()
  const client = new Client({ connectionString: engine.databaseUrl })
  try {
    await client.connect()
    await client.query('CREATE TABLE first (a int)')
    await client.query('INSERT INTO first VALUES (1)')
    await client.query('BEGIN')
    await client.query('DECLARE c CURSOR FOR TAIL first')
    await client.query('FETCH 1 c')
    return clockMs() - started
  } finally {
    await client.end()
    await engine.stop()
  }
}
