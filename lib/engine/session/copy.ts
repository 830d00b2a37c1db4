import type { CopyStage } from '../copy-stage.ts'
import { internalError, StatementError } from '../errors.ts'
import type { Command, CopyOut } from '../parse/command.ts'
import { refusal } from '../refuse.ts'
import { copyData, copyDone, copyInResponse, copyOutResponse } from '../wire/backend.ts'
import { action } from './action.ts'
import { readAnswer } from './answer.ts'
import type { Conversation } from './conversation.ts'
import { copyText } from './copy-text.ts'
import { refuseView } from './guard.ts'
import { openRead } from './open-read.ts'
import { openSubscribe } from './open-subscribe.ts'
import { canceled, type Portal } from './portal.ts'
import { relationsOf } from './relations.ts'

/** COPY (query) TO STDOUT: one CopyData for each row, as soon as it is there. */
export async function openCopyOut(session: Conversation, { of }: CopyOut): Promise<Portal> {
  const source = of.kind === 'subscribe' ? await openSubscribe(session, of) : await openRead(session, of)
  return {
    columns: undefined,
    execute: async (request) => {
      const begin = () => session.output.write(copyOutResponse(source.columns.length))
      try {
        await source.start(request.signal)
      } catch (error) {
        // What is refused begins nothing, and so does a constant, which is computed with the plan.
        if (error instanceof StatementError && error.isEvaluation && readsRelation(of)) begin()
        throw error
      }
      begin()
      const encode = (values: readonly (string | null)[]) => copyData(copyText(values))
      const tag = await source.execute({ ...request, max: Number.POSITIVE_INFINITY, encode })
      session.output.write(copyDone)
      return (tag ?? '').replace(/^\w+/, 'COPY')
    },
    close: () => source.close(),
  }
}

const readsRelation = (of: CopyOut['of']): boolean =>
  of.kind === 'subscribe' || relationsOf(of.sql).length > 0

/** COPY relation FROM STDIN: the rows are taken as they come, and written as one commit. */
export async function openCopyIn(
  session: Conversation,
  { relation, sql }: Extract<Command, { kind: 'copy-in' }>,
): Promise<Portal> {
  const { columns } = await session.database.plan({ relation })
  await refuseView(session, relation, 'insert into')
  return action(async () => {
    if (session.transaction.open) throw refusal('25001', `${sql} cannot be run inside a transaction block`)
    session.output.write(copyInResponse(columns.length))
    const stage = session.database.stageCopy(sql)
    try {
      await fill(stage, session)
      const [bytes] = await session.database.run([stage.finish()])
      return (readAnswer(bytes ?? new Uint8Array()).tag ?? '').replace(/^INSERT 0/, 'COPY')
    } finally {
      stage.close()
    }
  })
}

/** With what the client sends until it says that it is done. */
async function fill(stage: CopyStage, session: Conversation): Promise<void> {
  const { inbox, signal } = session
  for (;;) {
    const next = await inbox.next(signal)
    if (signal.aborted) throw canceled()
    switch (next?.kind) {
      case 'copyData':
        stage.add(next.bytes)
        break
      case 'copyDone':
        return
      case 'copyFail':
        throw refusal('57014', `COPY from stdin failed: ${next.message}`)
      case 'flush':
      case 'sync':
        break
      default:
        throw refusal('57014', 'COPY from stdin failed: the client sent something else')
    }
  }
}

export async function refuseCopyRelation(
  session: Conversation,
  relation: readonly string[],
): Promise<Portal> {
  await session.database.plan({ relation })
  if (session.database.version.era === 'tail') await refuseView(session, relation, 'insert into')
  throw internalError(
    session.database.version.era === 'tail'
      ? 'table with COPY TO unsupported'
      : 'named with COPY TO STDOUT unsupported',
  )
}
