import type { Database } from '../database.ts'
import { StatementError } from '../errors.ts'
import { refusal } from '../refuse.ts'
import { Variables } from '../session/variables.ts'
import {
  authenticationOk,
  backendKeyData,
  type Notice,
  noticeResponse,
  parameterStatus,
  readyForQuery,
} from './backend.ts'
import type { FrontendMessage } from './frontend.ts'

type Startup = FrontendMessage & { kind: 'startup' }

export interface Key {
  readonly processId: number
  readonly secret: number
}

const DATABASE = 'materialize'

/**
 * What a start-up message is answered: all up to the first ReadyForQuery. Throws what ends the connection; undefined
 * stands for a protocol that is not even answered.
 */
export function startUp(
  { major, minor, parameters }: Startup,
  database: Database,
  key: Key & { readonly session: string },
): { answer: Buffer; variables: Variables; user: string } | undefined {
  const { version } = database
  const tail = version.era === 'tail'
  if (major !== 3 || minor !== 0) {
    if (tail && major !== 1 && major !== 2) return undefined
    throw fatal('08004', "server does not support the client's requested protocol version")
  }
  const user = parameters.get('user') ?? ''
  refuseUser(user, tail)
  const variables = new Variables(version)
  const notices = applySettings(parameters, variables, tail)
  const name = parameters.get('database') ?? DATABASE
  variables.set('database', name, false)
  variables.endTransaction(true)
  if (!tail && variables.get('welcome_message') === 'on')
    notices.push(welcome(database, variables, user, key.session))
  if (name !== DATABASE) notices.push(unknownDatabase(name, tail))
  const answer = Buffer.concat([
    authenticationOk,
    ...Array.from(variables.reported(), ([parameter, value]) => parameterStatus(parameter, value)),
    backendKeyData(key.processId, key.secret),
    ...notices.map(noticeResponse),
    readyForQuery('I'),
  ])
  return { answer, variables, user }
}

const fatal = (code: string, message: string, hint?: string) =>
  refusal(code, message, { severity: 'FATAL', ...(hint !== undefined && { hint }) })

function refuseUser(user: string, tail: boolean): void {
  if (!tail && user === 'mz_system') throw fatal('42501', `unauthorized login to user '${user}'`)
  if (!tail || user === DATABASE || user === 'mz_system') return
  throw fatal('28000', `role "${user}" does not exist`, `Try connecting as the "${DATABASE}" user.`)
}

/** Parameters are applied as SET is. One that is refused is passed over. */
function applySettings(
  parameters: ReadonlyMap<string, string>,
  variables: Variables,
  tail: boolean,
): Notice[] {
  const notices: Notice[] = []
  // The later server goes by the names.
  const settings = [...parameters]
    .filter(([name]) => name !== 'user' && name !== 'database')
    .sort(([left], [right]) => (tail ? 0 : left < right ? -1 : 1))
    .flatMap(([name, value]) =>
      name === 'options' ? (tail ? [] : readOptions(value)) : [[name, value] as const],
    )
  for (const [name, value] of settings) {
    try {
      variables.set(name, value, false)
    } catch (error) {
      if (!(error instanceof StatementError)) throw error
      if (tail) continue
      const message = `startup setting ${name} not set: ${error.message}`
      notices.push({ severity: 'NOTICE', code: '00000', message })
    }
  }
  return notices
}

/** `-c name=value` and `--name=value`. */
function readOptions(options: string): [string, string][] {
  return Array.from(
    options.matchAll(/(?:-c\s*|--)([\w.-]+)=((?:\\.|\S)*)/g),
    ([, name = '', value = '']): [string, string] => [name, value.replaceAll(/\\(.)/g, '$1')],
  )
}

/** Word for word what the emulator of the later servers says. */
function welcome(
  { version, identity }: Database,
  variables: Variables,
  user: string,
  session: string,
): Notice {
  const [number] = version.text.split(' ')
  const lines = [
    `connected to Materialize ${number}`,
    `  Environment ID: docker-container-${identity}-0`,
    '  Region: docker/container',
    `  User: ${user}`,
    `  Cluster: ${variables.get('cluster')}`,
    `  Database: ${variables.get('database')}`,
    `  Schema: ${variables.get('search_path')}`,
    `  Session UUID: ${session}`,
    '',
    'Issue a SQL query to get started. Need help?',
    '  View documentation: https://materialize.com/s/docs',
    '  Join our Slack community: https://materialize.com/s/chat',
    '    ',
  ]
  return { severity: 'NOTICE', code: '00000', message: lines.join('\n') }
}

function unknownDatabase(name: string, tail: boolean): Notice {
  return {
    severity: 'NOTICE',
    code: tail ? '00000' : 'MZ004',
    message: `session database "${name}" does not exist`,
    hint: 'Create the database with CREATE DATABASE or pick an extant database with SET DATABASE = name. List available databases with SHOW DATABASES.',
  }
}
