import { writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { cursors } from './cursors.ts'
import { engineBoot } from './engine-boot.ts'
import { engineSensors } from './engine-sensors.ts'
import { engineTick } from './engine-tick.ts'
import { fanOut } from './fan-out.ts'
import { joinStorm } from './join-storm.ts'
import { latency } from './latency.ts'
import { manyClients } from './many-clients.ts'
import { manyRows } from './many-rows.ts'
import { pageFrames } from './page-frames.ts'
import { pageLoad } from './page-load.ts'
import { pageMemory } from './page-memory.ts'
import { stalled } from './stalled.ts'
import { type Bench, type Figure, formatFigure, isMet, ratioOf } from './support/figure.ts'

const BENCHES: Record<string, Bench> = {
  'fan-out': fanOut,
  'many-clients': manyClients,
  'join-storm': joinStorm,
  latency,
  stalled,
  cursors,
  'engine-tick': engineTick,
  'engine-sensors': engineSensors,
  'engine-boot': engineBoot,
  'page-frames': pageFrames,
  'page-memory': pageMemory,
  'many-rows': manyRows,
  'page-load': pageLoad,
}

const names = process.argv.slice(2).filter((word) => !word.startsWith('-'))
const isFull = process.argv.includes('--full')
const unknown = names.filter((name) => !(name in BENCHES))
if (unknown.length > 0) {
  process.stderr.write(
    `No bench is called ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}\n`,
  )
  process.exit(1)
}

const figures: Figure[] = []
for (const [name, bench] of Object.entries(BENCHES)) {
  if (names.length > 0 && !names.includes(name)) continue
  process.stderr.write(`${name} ...\n`)
  const measured = await bench({ isFull })
  figures.push(...measured)
  for (const figure of measured) process.stderr.write(`  ${formatFigure(figure).join(' | ')}\n`)
}

const rows = [['measure', 'ours', 'baseline', 'ratio (rounds)', 'bar', 'met'], ...figures.map(formatFigure)]
process.stdout.write(`${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`)
const results = {
  at: new Date().toISOString(),
  node: process.version,
  isFull,
  /** Of the last 1, 5 and 15 minutes: a busy machine is slower at everything. */
  loadAverage: loadavg(),
  figures: figures.map((one) => ({ ...one, ratio: ratioOf(one), isMet: isMet(one) })),
}
writeFileSync(new URL('results.json', import.meta.url), `${JSON.stringify(results, undefined, 2)}\n`)
