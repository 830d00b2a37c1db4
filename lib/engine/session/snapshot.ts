import { Scanner } from '../parse/scanner.ts'
import type { Version } from '../version.ts'
import { encodeRow } from '../wire/values.ts'
import { asOfError } from './as-of.ts'
import type { Host } from './portal.ts'
import { textForm } from './text-forms.ts'

/** The rows of a query as of a time: those with which a subscription to it would begin. */
export async function snapshotRows(
  host: Host,
  sql: string,
  asOf: bigint,
  formats: readonly number[],
  signal: AbortSignal,
): Promise<Buffer[]> {
  const relation = wholeRelation(sql, host.database.version.era)
  const plan = await host.database.plan(relation ? { relation } : { query: sql })
  const subscription = await host.database
    .subscribe(plan, { asOf, snapshot: true })
    .catch((error: unknown) => {
      throw asOfError(error, host.database.version, plan)
    })
  const forms = plan.columns.map(({ typeOid }) => textForm(typeOid))
  const rows: Buffer[] = []
  try {
    for (;;) {
      for (const message of subscription.take()) {
        if (message.timestamp > asOf) return rows
        if (message.progress) continue
        const values = message.values.map((value, index) =>
          value === null ? null : (forms[index]?.(value) ?? value),
        )
        const row = encodeRow(plan.columns, values, formats)
        for (let copy = 0; copy < message.diff; copy++) rows.push(row)
      }
      if (subscription.error) throw subscription.error
      if (subscription.ended) return rows
      await subscription.ready(signal)
    }
  } finally {
    subscription.close()
  }
}

/** `SELECT * FROM relation` is the relation, whose history is kept; that of a query begins when it is asked. */
function wholeRelation(sql: string, era: Version['era']): string[] | undefined {
  if (!/^select\s*\*\s*from\s+\S+$/i.test(sql)) return undefined
  const scanner = new Scanner(sql, 0, sql.length, era)
  for (let word = 0; word < 3; word++) scanner.next()
  return scanner.name()
}
