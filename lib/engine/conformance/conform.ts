import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer } from '../server.ts'
import { readCases } from './cases.ts'
import { normalise } from './normalise.ts'
import { play } from './play.ts'
import { Pool } from './pool.ts'
import { empty, type Server } from './target.ts'

/** Most cases wait most of the time: so many are played at once, each on a server of its own. */
const SERVERS = 5

/** Holds the engine against what a real server of the same era answered: every case in the era's folder. */
export function conform(era: Server['era'], version: string): void {
  const folder = new URL(`./${era}/`, import.meta.url)
  const started: Awaited<ReturnType<typeof startServer>>[] = []
  const pool = new Pool<Server>()

  beforeAll(async () => {
    started.push(
      ...(await Promise.all(Array.from({ length: SERVERS }, () => startServer({ port: 0, version })))),
    )
    for (const { port } of started) pool.give({ host: '127.0.0.1', port, era })
  }, 60_000)
  afterAll(async () => {
    for (const server of started) await server.close()
  })

  for (const file of readdirSync(folder).sort()) {
    describe.concurrent(file.replace('.jsonl', ''), () => {
      test.for(readCases(new URL(file, folder)))('$name', { timeout: 60_000 }, async (script) => {
        const server = await pool.take()
        try {
          await empty(server)
          expect(normalise(await play(script, server))).toEqual(normalise(script))
        } finally {
          pool.give(server)
        }
      })
    })
  }
}
