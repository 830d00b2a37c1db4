import { setTimeout as sleep } from 'node:timers/promises'
import { clockMs } from './process.ts'
import type { Bare, Ours } from './servers.ts'

/** Something that makes a numbered change and sees to it that each client is sent it. */
export interface Source {
  send(n: number): Promise<void> | void
}

/** Makes an event of about 170 bytes. */
const PAD = 'x'.repeat(30)

/** A table whose changes our clients read; each change is one row, inserted and committed. */
export async function createSource({ database }: Ours, table: string, pad = PAD): Promise<Source> {
  await database.query(`CREATE TABLE ${table} (n int, pad text)`)
  await database.query(`INSERT INTO ${table} VALUES (0, '${pad}')`)
  return {
    send: async (n) => {
      await database.query(`INSERT INTO ${table} VALUES (${n}, '${pad}')`)
    },
  }
}

/** The same events to the clients of a bare server. */
export function bareSource(bare: Bare, pad = PAD): Source {
  return {
    send: (n) => {
      const timestamp = Date.now()
      const data = `{"timestamp":"${timestamp}","updates":[{"diff":1,"row":{"n":${n},"pad":"${pad}"}}]}`
      bare.send(`id: zHEzaJ6Ou5EF:${timestamp}\nevent: update\ndata: ${data}\n\n`)
    },
  }
}

let last = 100_000

/** Sends numbered changes at a steady pace and returns when each was begun, by its number. */
export async function drive(source: Source, perSecond: number, forMs: number): Promise<Map<number, number>> {
  const sentAt = new Map<number, number>()
  const started = clockMs()
  for (let i = 0; i < (forMs / 1_000) * perSecond; i++) {
    const dueMs = started + (i * 1_000) / perSecond - clockMs()
    if (dueMs > 0) await sleep(dueMs)
    const n = ++last
    sentAt.set(n, clockMs())
    await source.send(n)
  }
  return sentAt
}
