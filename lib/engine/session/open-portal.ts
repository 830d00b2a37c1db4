import type { Ordinary } from '../parse/command.ts'
import type { Parsed } from '../parse/parser.ts'
import { refusal } from '../refuse.ts'
import type { Binding } from '../wire/frontend.ts'
import { action, rows } from './action.ts'
import type { Conversation } from './conversation.ts'
import { openCopyIn, openCopyOut, refuseCopyRelation } from './copy.ts'
import { closeCursor, declare, FetchPortal } from './cursors.ts'
import { openRead } from './open-read.ts'
import { openSubscribe } from './open-subscribe.ts'
import { openWrite } from './open-write.ts'
import type { Portal } from './portal.ts'
import type { Prepared } from './prepared.ts'
import { executePrepared, prepare } from './prepared-sql.ts'
import { setVariable, showVariable } from './set.ts'
import { showCreate } from './show-create.ts'

/** Makes a statement ready to be run. Throws what its planning refuses. */
export async function openPortal(
  session: Conversation,
  parsed: Parsed,
  prepared?: Prepared,
  binding?: Binding,
): Promise<Portal> {
  const { command } = parsed
  const formats = binding?.resultFormats ?? []
  switch (command.kind) {
    case 'ordinary':
      return openOrdinary(session, command, prepared, binding)
    case 'subscribe':
      return openSubscribe(session, command, prepared, binding)
    case 'declare':
      return action(() => declare(session, command, prepared, binding))
    case 'fetch':
      return new FetchPortal(session, command, formats)
    case 'close':
      return action(() => closeCursor(session, command.cursor))
    case 'copy-out':
      return openCopyOut(session, command)
    case 'copy-in':
      return openCopyIn(session, command)
    case 'copy-relation':
      return refuseCopyRelation(session, command.relation)
    case 'begin':
      return action(async () => begin(session, command.isolation))
    case 'commit':
    case 'rollback':
      return action(() => control(session, command.kind))
    case 'set':
      return action(async () => {
        setVariable(session, command)
        return 'SET'
      })
    case 'reset':
      return action(async () => {
        setVariable(session, { name: command.name, value: undefined, local: false })
        return 'RESET'
      })
    case 'show':
      return rows(session, ...showVariable(session, command.name), formats)
    case 'show-create':
      return showCreate(session, command, formats)
    case 'discard':
      return action(() => discard(session, command.what))
    case 'prepare':
      return action(() => prepare(session, command))
    case 'execute':
      return executePrepared(session, command)
    case 'deallocate':
      return action(async () => deallocate(session, command.name))
    case 'nothing':
      return action(async () => {
        if (command.notice) session.notice(command.notice)
        return command.tag
      })
    case 'refused':
      throw command.error
    default:
      return command satisfies never
  }
}

function openOrdinary(
  session: Conversation,
  command: Ordinary,
  prepared: Prepared | undefined,
  binding: Binding | undefined,
): Promise<Portal> {
  if (command.verb === 'read' || command.verb === 'explain')
    return openRead(session, command, prepared, binding)
  return openWrite(session, command, prepared, binding)
}

function begin(session: Conversation, isolation: string | undefined): string {
  if (!session.transaction.begin('explicit', Date.now())) {
    const message = 'there is already a transaction in progress'
    session.notice({ severity: 'WARNING', code: '25001', message })
  }
  // Whatever is asked for, it is serializable.
  if (isolation !== undefined && session.database.version.era === 'subscribe') {
    session.variables.set('transaction_isolation', 'serializable', true)
  }
  return 'BEGIN'
}

async function control(session: Conversation, kind: 'commit' | 'rollback'): Promise<string> {
  const { transaction } = session
  if (!transaction.explicit && !transaction.failed) {
    session.notice({ severity: 'WARNING', code: '25P01', message: 'there is no transaction in progress' })
  }
  const committed = await session.end(kind === 'commit')
  return committed ? 'COMMIT' : 'ROLLBACK'
}

async function discard(session: Conversation, what: 'ALL' | 'TEMP'): Promise<string> {
  if (what === 'ALL') {
    if (session.transaction.open)
      throw refusal('25001', 'DISCARD ALL cannot be run inside a transaction block')
    session.prepared.clear()
    session.variables.resetAll()
  }
  await session.dropTemporary()
  return `DISCARD ${what}`
}

function deallocate(session: Conversation, name: string | undefined): string {
  if (name === undefined) {
    session.prepared.clear()
    return 'DEALLOCATE ALL'
  }
  if (!session.prepared.delete(name)) throw refusal('26000', `prepared statement "${name}" does not exist`)
  return 'DEALLOCATE'
}
