import { Client } from 'pg'
import type { eraOf, Watched } from './relations.ts'
import { keyOf, type Rows } from './rows.ts'

/** What a plain client is told that a relation held at a time: a cursor of its own, without any code of ours. */
export async function readAsOf(
  url: string,
  era: ReturnType<typeof eraOf>,
  { relation, map }: Watched,
  timestamp: bigint,
): Promise<Rows> {
  const client = new Client({ connectionString: url, query_timeout: 10_000 })
  await client.connect()
  const rows = new Map<string, number>()
  try {
    const word = era === 'tail' ? 'TAIL' : 'SUBSCRIBE'
    await client.query('BEGIN')
    await client.query(
      `DECLARE fresh CURSOR FOR ${word} ${relation} WITH (SNAPSHOT, PROGRESS) AS OF ${timestamp}`,
    )
    for (let frontier = 0n; frontier <= timestamp; ) {
      const fetched = await client.query<(string | null)[]>({
        text: 'FETCH ALL fresh',
        rowMode: 'array',
        types: { getTypeParser: () => (text: string) => text },
      })
      for (const [time, progressed, diff, ...values] of fetched.rows) {
        const at = BigInt(time ?? 0)
        if (at > frontier) frontier = at
        if (progressed === 't' || at > timestamp) continue
        const names = fetched.fields.slice(3).map(({ name }) => name)
        const row = map(Object.fromEntries(names.map((name, i) => [name, values[i] ?? null])))
        if (row) rows.set(keyOf(row), (rows.get(keyOf(row)) ?? 0) + Number(diff))
      }
    }
    return rows
  } finally {
    await client.end().catch(() => {})
  }
}
