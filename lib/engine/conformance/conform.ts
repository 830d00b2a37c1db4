import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer } from '../server.ts'
import { normalise } from './normalise.ts'
import { empty, play, type Server } from './play.ts'
import type { Case } from './script.ts'

/** Holds the engine against what a real server of the same era answered: every case in the era's folder. */
export function conform(era: Server['era'], version: string): void {
  const folder = new URL(`./${era}/`, import.meta.url)
  let server: Server
  let close: () => Promise<void>

  beforeAll(async () => {
    const started = await startServer({ port: 0, version })
    server = { port: started.port, era }
    close = started.close
  }, 30_000)
  afterAll(() => close())

  for (const file of readdirSync(folder).sort()) {
    describe(file.replace('.jsonl', ''), () => {
      test.each(readCases(new URL(file, folder)))('$name', { timeout: 30_000 }, async (script) => {
        await empty(server)
        expect(normalise(await play(script, server))).toEqual(normalise(script))
      })
    })
  }
}

const readCases = (file: URL): Case[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
