import { quoteName } from '../backend.ts'
import type { Column } from '../change.ts'
import type { Fetch, Ordinary, Subscribe } from '../parse/command.ts'
import { refusal } from '../refuse.ts'
import type { Binding } from '../wire/frontend.ts'
import type { Conversation } from './conversation.ts'
import { openRead } from './open-read.ts'
import { openSubscribe } from './open-subscribe.ts'
import { type Cursor, isCursor, type Portal, type Request } from './portal.ts'
import type { Prepared } from './prepared.ts'
import { readWait } from './timeout.ts'

/** DECLARE: plans the query and gives it a name. It runs at the first FETCH. */
export async function declare(
  session: Conversation,
  { cursor, of }: { cursor: string; of: Subscribe | Ordinary },
  prepared?: Prepared,
  binding?: Binding,
): Promise<string> {
  if (!session.transaction.open) {
    throw refusal('25P01', 'DECLARE CURSOR can only be used in transaction blocks')
  }
  const portal =
    of.kind === 'subscribe'
      ? await openSubscribe(session, of, prepared, binding)
      : await openRead(session, of, prepared, binding)
  if (session.portals.has(printed(cursor))) throw refusal('42P03', `cursor "${cursor}" already exists`)
  session.portals.set(printed(cursor), portal)
  return 'DECLARE CURSOR'
}

/** CLOSE. A subscription's transaction stays one, so that no second one can follow. */
export async function closeCursor(session: Conversation, name: string): Promise<string> {
  const cursor = session.portals.get(printed(name))
  if (!cursor) throw unknownCursor(name)
  session.portals.delete(printed(name))
  cursor.close()
  return 'CLOSE CURSOR'
}

const unknownCursor = (name: string) => refusal('34000', `cursor ${JSON.stringify(name)} does not exist`)

const RESERVED = new Set(['select', 'from', 'where', 'with', 'group', 'order', 'limit', 'values', 'as'])

/** The name as it would be printed: so it stands among the portals. */
function printed(name: string): string {
  const plain = /^[a-z_][a-z0-9_]*$/.test(name) && !RESERVED.has(name)
  return plain ? name : quoteName(name)
}

function findCursor(session: Conversation, name: string): Cursor {
  const portal = session.portals.get(printed(name))
  // The older server never finds a name that needs quotes.
  const lost = session.database.version.era === 'tail' && printed(name) !== name
  if (portal && isCursor(portal) && !lost) return portal
  throw unknownCursor(printed(name))
}

/** FETCH. Its columns are the cursor's, but in the formats of its own Bind. */
export class FetchPortal implements Portal {
  readonly columns: readonly Column[]
  readonly #session: Conversation
  readonly #command: Fetch
  readonly #cursor: Cursor
  readonly #formats: readonly number[]
  #tag: string | undefined

  constructor(session: Conversation, command: Fetch, formats: readonly number[]) {
    this.#session = session
    this.#command = command
    this.#cursor = findCursor(session, command.cursor)
    this.#formats = formats
    this.columns = this.#cursor.columns
  }

  /** Run again it answers its old tag, and no rows. */
  async execute(request: Request): Promise<string> {
    if (this.#tag !== undefined) return this.#tag
    const { count, options } = this.#command
    if (request.max < Number.POSITIVE_INFINITY) {
      if (count === 'all') throw refusal('0A000', 'Execute with max_rows of a FETCH ALL is not supported')
      if (request.max < count) {
        throw refusal('0A000', "Execute with max_rows < a FETCH's count is not supported")
      }
    }
    const wait = readWait(options, this.#session.database.version.era)
    const max = count === 'all' ? Number.POSITIVE_INFINITY : count
    const fetched = await this.#cursor.fetch({ ...request, max, wait, formats: this.#formats })
    this.#tag = `FETCH ${fetched}`
    return this.#tag
  }

  close(): void {
    // The cursor is the transaction's.
  }
}
