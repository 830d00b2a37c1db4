import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startServer } from '../server.ts'
import { type CaseFile, readFolder } from './cases.ts'
import { difference } from './difference.ts'
import { normalise } from './normalise.ts'
import { play } from './play.ts'
import { Pool } from './pool.ts'
import type { Case } from './script.ts'
import { type Address, countObjects, empty, eraAt, type Server } from './target.ts'

/**
 * Holds a server against what real ones answered: `npm run test:conformance -- [--verbose] [--filter REGEX]`.
 *
 * `CONFORMANCE_CASES` (or `--cases`) is a folder of recorded cases, else those beside this file are played.
 * `MATERIALIZE_URL` names the server. Every user object in it is dropped before each case, so one that holds any is left
 * alone unless told `--drop-everything`. Without it embedded engines are started for both eras.
 */
const { values: flags } = parseArgs({
  options: {
    cases: { type: 'string' },
    filter: { type: 'string', default: '' },
    era: { type: 'string' },
    verbose: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    'drop-everything': { type: 'boolean', default: false },
  },
})
const folder = flags.cases ?? process.env.CONFORMANCE_CASES ?? fileURLToPath(new URL('.', import.meta.url))
const filter = new RegExp(flags.filter)

/** Most cases wait most of the time: so many are played at once, each on an engine of its own. */
const ENGINES = Number(process.env.CONFORMANCE_ENGINES ?? 8)
const VERSIONS = { tail: 'v0.25.0', subscribe: 'v26.24.0-dev.0' } as const

async function servers(): Promise<{ all: readonly Server[]; close(): Promise<void> }> {
  const url = process.env.MATERIALIZE_URL
  if (url) {
    const { hostname: host, port } = new URL(url)
    const where = { host, port: Number(port || 6875) }
    await refuseInUse(where)
    return { all: [{ ...where, era: await eraAt(where) }], close: async () => {} }
  }
  const eras = (['tail', 'subscribe'] as const).filter((era) => !flags.era || flags.era === era)
  const engines = await Promise.all(
    eras.flatMap((era) =>
      Array.from({ length: ENGINES / eras.length }, async () => ({
        era,
        engine: await startServer({ port: 0, version: VERSIONS[era] }),
      })),
    ),
  )
  return {
    all: engines.map(({ era, engine }) => ({ era, host: '127.0.0.1', port: engine.port })),
    close: async () => {
      for (const { engine } of engines) await engine.close()
    },
  }
}

/** Ends the program where the server holds what somebody may still want. */
async function refuseInUse(where: Address): Promise<void> {
  const count = flags['drop-everything'] ? 0 : await countObjects(where)
  if (count === 0) return
  const objects = count === 1 ? '1 object' : `${count} objects`
  console.error(
    `${where.host}:${where.port} holds ${objects} that this would drop. If nobody needs them: --drop-everything`,
  )
  process.exit(1)
}

async function compare(script: Case, pool: Pool<Server>): Promise<string[]> {
  const server = await pool.take()
  try {
    await empty(server)
    return difference(normalise(script), normalise(await play(script, server)))
  } finally {
    pool.give(server)
  }
}

async function report({ era, name, cases }: CaseFile, pool: Pool<Server>): Promise<boolean> {
  const results = await Promise.all(
    cases.map(async (script) => ({ name: script.name, found: await compare(script, pool) })),
  )
  const different = results.filter(({ found }) => found.length > 0)
  const lines = [`${era} ${name}: ${results.length - different.length} equal, ${different.length} different`]
  for (const { name, found } of different) {
    const shown = flags.verbose
      ? found
      : [`${found[0]?.slice(0, 160)}${found.length > 1 ? ` (and ${found.length - 1} more)` : ''}`]
    lines.push(`  ${name}`, ...shown.map((line) => `    ${line}`))
  }
  if (flags.list) for (const { name, found } of results) if (found.length === 0) lines.push(`  = ${name}`)
  console.log(lines.join('\n'))
  return different.length === 0
}

const started = await servers()
const pools = { tail: new Pool<Server>(), subscribe: new Pool<Server>() }
for (const server of started.all) pools[server.era].give(server)
const served = new Set(started.all.map(({ era }) => era))
const files = readFolder(folder)
  .map((file) => ({ ...file, cases: file.cases.filter(({ name }) => filter.test(name)) }))
  .filter(({ era, cases }) => served.has(era) && cases.length > 0)
const outcomes = await Promise.all(files.map((file) => report(file, pools[file.era])))
await started.close()
process.exit(outcomes.every(Boolean) ? 0 : 1)
