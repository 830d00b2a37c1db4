import { internalError } from '../errors.ts'
import { type Parsed, parse } from '../parse/parser.ts'
import { refusal } from '../refuse.ts'
import type { Conversation } from './conversation.ts'
import { refuseMissingFunctions } from './missing-functions.ts'
import { describeRead } from './open-read.ts'
import { subscribeParameters } from './open-subscribe.ts'
import type { Portal } from './portal.ts'
import type { Prepared } from './prepared.ts'

/** Parses and describes a statement: what Parse and PREPARE do. */
export async function prepareStatement(
  session: Conversation,
  sql: string,
  types: readonly number[],
): Promise<Prepared> {
  const [parsed, more] = parse(sql, session.database.version.era)
  if (more) throw internalError('cannot insert multiple commands into a prepared statement')
  if (!parsed) session.refuseIfFailed(undefined)
  if (!parsed) return { parsed, types, parameters: [], columns: undefined }
  session.refuseIfFailed(parsed)
  return { parsed, types, ...(await describeParsed(session, parsed, types)) }
}

async function describeParsed(
  session: Conversation,
  { command }: Parsed,
  types: readonly number[],
): Promise<Pick<Prepared, 'parameters' | 'columns'>> {
  const nothing = { parameters: [], columns: undefined }
  switch (command.kind) {
    case 'ordinary': {
      // DDL takes no parameters, and PostgreSQL has nothing to say of it before it runs.
      if (command.verb === 'ddl') return nothing
      refuseMissingFunctions(command.sql, session.database.version.era)
      const { parameters, columns } = await describeRead(session, command, types)
      return { parameters, columns }
    }
    case 'subscribe':
      return { parameters: await subscribeParameters(session, command, types), columns: undefined }
    case 'declare':
      if (command.of.kind === 'subscribe' && session.database.version.era === 'tail') return nothing
      return {
        ...(await describeParsed(session, { command: command.of, sql: '', start: 0 }, types)),
        columns: undefined,
      }
    case 'refused':
      throw command.error
    default:
      return nothing
  }
}

/** PREPARE. */
export async function prepare(
  session: Conversation,
  { name, sql }: { name: string; sql: string },
): Promise<string> {
  if (session.prepared.has(name)) throw refusal('42P05', `prepared statement "${name}" already exists`)
  session.prepared.set(name, await prepareStatement(session, sql, []))
  return 'PREPARE'
}

/** EXECUTE. */
export async function executePrepared(
  session: Conversation,
  { name, values }: { name: string; values: readonly (string | null)[] },
): Promise<Portal> {
  const prepared = session.prepared.get(name)
  if (!prepared?.parsed) throw internalError(`unknown prepared statement ${name}`)
  const wanted = prepared.parameters.length
  if (wanted !== values.length) throw internalError(`expected ${wanted} params, got ${values.length}`)
  const parameters = values.map((value) => (value === null ? null : Buffer.from(value)))
  return session.open(prepared.parsed, prepared, { parameterFormats: [], parameters, resultFormats: [] })
}
