import type { Parsed } from '../parse/parser.ts'
import { refusal } from '../refuse.ts'
import {
  bindComplete,
  closeComplete,
  commandComplete,
  emptyQueryResponse,
  formatOf,
  noData,
  parameterDescription,
  parseComplete,
  portalSuspended,
  rowDescription,
} from '../wire/backend.ts'
import type { FrontendMessage } from '../wire/frontend.ts'
import type { Conversation } from './conversation.ts'
import type { Portal } from './portal.ts'
import type { Prepared } from './prepared.ts'
import { prepareStatement } from './prepared-sql.ts'

type Message<Kind extends FrontendMessage['kind']> = Extract<FrontendMessage, { kind: Kind }>

/** Parse, Bind, Describe, Execute, Close and Sync of one session. After an error all is skipped up to Sync. */
export class Extended {
  readonly #session: Conversation
  /** The formats that a portal was bound with, and its statement. */
  readonly #bound = new WeakMap<Portal, { formats: readonly number[]; parsed: Parsed | undefined }>()
  #skips = false

  constructor(session: Conversation) {
    this.#session = session
  }

  async answer(message: FrontendMessage): Promise<void> {
    if (message.kind === 'sync') return this.#sync()
    if (this.#skips) return
    let failed: Parsed | undefined
    try {
      switch (message.kind) {
        case 'parse':
          return await this.#parse(message)
        case 'bind':
          failed = this.#session.prepared.get(message.statement)?.parsed
          return await this.#bind(message)
        case 'describe':
          return await this.#describe(message)
        case 'execute':
          failed = this.#boundTo(message.portal)
          return await this.#execute(message)
        case 'close':
          return this.#close(message)
        default: // Flush needs nothing, for nothing is held back; stray CopyData is to be ignored
      }
    } catch (error) {
      this.#skips = true
      this.#session.fail(error, failed)
    }
  }

  async #sync(): Promise<void> {
    this.#skips = false
    try {
      await this.#session.endImplicit()
    } catch (error) {
      this.#session.fail(error, undefined)
    }
    this.#session.ready()
  }

  async #parse({ name, sql, types }: Message<'parse'>): Promise<void> {
    const { prepared, output } = this.#session
    prepared.set(name, await prepareStatement(this.#session, sql, types))
    output.write(parseComplete)
  }

  async #bind(message: Message<'bind'>): Promise<void> {
    const statement = this.#statement(message.statement)
    const { parsed, parameters } = statement
    if (message.parameters.length !== parameters.length) {
      throw refusal(
        '08P01',
        `bind message supplies ${message.parameters.length} parameters, ` +
          `but prepared statement "${message.statement}" requires ${parameters.length}`,
      )
    }
    refuseUndecodable(message, parameters)
    const portal: Portal = parsed
      ? await this.#session.open(parsed, statement, message)
      : { columns: undefined, execute: async () => '', close: () => {} }
    const columns = portal.columns?.length ?? 0
    const { resultFormats: formats } = message
    if (formats.length > 1 && formats.length !== columns) {
      throw refusal('08P01', `expected ${columns} field format specifiers, but got ${formats.length}`)
    }
    this.#session.portals.get(message.portal)?.close()
    this.#session.portals.set(message.portal, portal)
    this.#bound.set(portal, { formats, parsed })
    this.#session.output.write(bindComplete)
  }

  async #describe({ target, name }: Message<'describe'>): Promise<void> {
    const { output } = this.#session
    if (target === 'portal') {
      const portal = this.#portal(name)
      this.#describeColumns(portal, this.#bound.get(portal)?.formats ?? [])
      return
    }
    const statement = this.#statement(name)
    output.write(parameterDescription(statement.parameters))
    if (statement.columns || !statement.parsed) {
      output.write(statement.columns ? rowDescription(statement.columns) : noData)
      return
    }
    this.#session.refuseIfFailed(statement.parsed)
    const opens = ['subscribe', 'fetch', 'show', 'execute', 'show-create'].includes(
      statement.parsed.command.kind,
    )
    this.#describeColumns(opens ? await this.#session.open(statement.parsed) : undefined, [])
  }

  #describeColumns(portal: Portal | undefined, formats: readonly number[]): void {
    this.#session.output.write(portal?.columns ? rowDescription(portal.columns, formats) : noData)
  }

  async #execute({ portal: name, maxRows }: Message<'execute'>): Promise<void> {
    const portal = this.#portal(name)
    const { output } = this.#session
    const bound = this.#bound.get(portal)
    if (bound && !bound.parsed) {
      output.write(emptyQueryResponse)
      return
    }
    if (bound?.parsed) this.#session.refuseIfFailed(bound.parsed)
    const max = maxRows > 0 ? maxRows : Number.POSITIVE_INFINITY
    const tag = await portal.execute({ ...this.#session.request(), max, formats: bound?.formats ?? [] })
    output.write(tag === undefined ? portalSuspended : commandComplete(tag))
  }

  #close({ target, name }: Message<'close'>): void {
    const { portals, prepared, output } = this.#session
    if (target === 'statement') prepared.delete(name)
    else {
      portals.get(name)?.close()
      portals.delete(name)
    }
    output.write(closeComplete)
  }

  #statement(name: string): Prepared {
    const statement = this.#session.prepared.get(name)
    if (!statement) throw refusal('26000', `prepared statement "${name}" does not exist`)
    return statement
  }

  #portal(name: string): Portal {
    const portal = this.#session.portals.get(name)
    if (!portal) throw refusal('34000', `portal ${JSON.stringify(name)} does not exist`)
    return portal
  }

  #boundTo(name: string): Parsed | undefined {
    const portal = this.#session.portals.get(name)
    return portal && this.#bound.get(portal)?.parsed
  }
}

const INTEGERS: Readonly<Record<number, string>> = { 20: 'bigint', 21: 'smallint', 23: 'integer' }

/** Materialize reads the values when they are bound. */
function refuseUndecodable(
  { parameters, parameterFormats }: Message<'bind'>,
  types: readonly number[],
): void {
  for (const [index, value] of parameters.entries()) {
    const type = INTEGERS[types[index] ?? 0]
    if (type === undefined || value === null || formatOf(parameterFormats, index) !== 0) continue
    if (/^\s*[+-]?\d+\s*$/.test(value.toString())) continue
    const reason = `invalid input syntax for type ${type}: invalid digit found in string: "${value}"`
    throw refusal('22023', `unable to decode parameter: ${reason}`)
  }
}
