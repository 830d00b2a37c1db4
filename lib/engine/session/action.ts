import type { Column, Values } from '../change.ts'
import { refusal } from '../refuse.ts'
import { encodeRow } from '../wire/values.ts'
import type { Host, Portal } from './portal.ts'
import { QueryCursor } from './query-cursor.ts'

/** A portal that does one thing, once. */
export function action(run: () => Promise<string>): Portal {
  let done = false
  return {
    columns: undefined,
    execute: async () => {
      if (done) throw refusal('55000', 'portal "" cannot be run')
      done = true
      return run()
    },
    close: () => {},
  }
}

/** A portal of rows that are known already. */
export function rows(
  host: Host,
  columns: readonly Column[],
  load: () => readonly Values[] | Promise<readonly Values[]>,
  formats: readonly number[],
): Portal {
  return new QueryCursor(host, columns, formats, async () =>
    (await load()).map((values) => encodeRow(columns, values, formats)),
  )
}
