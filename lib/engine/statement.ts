import { showColumns } from './columns.ts'
import { StatementError } from './errors.ts'
import { type BackendMessage, queryFrame, readError, readMessages, syncFrame, tagMessage } from './frames.ts'
import type { Context } from './views/relation.ts'

/** One ordinary statement. */
export interface Statement {
  readonly sql: string
  /**
   * Frontend messages to hand to PGlite in place of a simple Query, without Sync: Parse, Bind, Describe, Execute
   * with the unnamed statement and portal; or Query, CopyData and CopyDone for COPY FROM.
   */
  readonly frames?: Uint8Array
}

/** Whether its rows are asked for, not its columns alone. */
export const isRun = ({ frames }: Statement): boolean =>
  !frames || [...readMessages(frames)].some(({ type }) => type === 'E' || type === 'Q')

/** PGlite's answer to a statement, in Materialize's types and without ReadyForQuery. Throws StatementError. */
export function exchange(context: Context, { sql, frames }: Statement): Uint8Array {
  const bytes = context.backend.exchange(frames ? Buffer.concat([frames, syncFrame]) : queryFrame(sql))
  const answer: BackendMessage[] = []
  for (const message of readMessages(bytes)) {
    if (message.type === 'E') throw new StatementError(readError(message.body))
    if (message.type === 'T') showColumns(context, message.body)
    // What PGlite says of its own settings is not what ours are.
    if (message.type !== 'Z' && message.type !== 'S') answer.push(message)
  }
  return join(answer)
}

const join = (messages: readonly BackendMessage[]): Uint8Array =>
  Buffer.concat(messages.map(({ bytes }) => bytes))

/** Of an answer what it notices. */
export const notices = (answer: Uint8Array): Uint8Array =>
  join([...readMessages(answer)].filter(({ type }) => type === 'N'))

const NO_BODY = (type: string): Uint8Array => Buffer.from([type.charCodeAt(0), 0, 0, 0, 4])
const ANSWERS: Readonly<Record<string, Uint8Array>> = {
  P: NO_BODY('1'),
  B: NO_BODY('2'),
  C: NO_BODY('3'),
  D: NO_BODY('n'),
}

/** The answer to a statement that PGlite did not run, or ran in other words. */
export function synthesize({ frames }: Statement, tag: string): Uint8Array {
  if (!frames) return tagMessage(tag)
  return Buffer.concat(
    [...readMessages(frames)].map(({ type }) =>
      type === 'E' || type === 'Q' ? tagMessage(tag) : (ANSWERS[type] ?? new Uint8Array()),
    ),
  )
}
