import { quoteText } from '../backend.ts'
import type { Subscribe } from '../parse/command.ts'
import { nextToken } from '../parse/lexer.ts'
import { unsupported } from '../refuse.ts'
import type { Binding } from '../wire/frontend.ts'
import { refuseMissingFunctions } from './missing-functions.ts'
import { describe } from './ordinary.ts'
import type { Host } from './portal.ts'
import type { Prepared } from './prepared.ts'
import { asksWhatRuns } from './running.ts'
import { SubscribeCursor } from './subscribe-cursor.ts'

/** A TAIL or SUBSCRIBE, planned but not started. */
export async function openSubscribe(
  host: Host,
  command: Subscribe,
  prepared?: Prepared,
  binding?: Binding,
): Promise<SubscribeCursor> {
  const target =
    'query' in command.target && binding && prepared && host.database.version.era === 'subscribe'
      ? { query: withValues(command.target.query, prepared.parameters, binding) }
      : command.target
  if ('query' in target) refuseMissingFunctions(target.query, host.database.version.era)
  // It is told to those who ask, not followed.
  if (asksWhatRuns('query' in target ? target.query : target.relation.join('.')))
    throw unsupported('a subscription to what runs')
  return new SubscribeCursor(host, command, await host.database.plan(target))
}

/** The parameters of the query; the older server describes them, and then fails for want of them. */
export async function subscribeParameters(
  host: Host,
  { target }: Subscribe,
  types: readonly number[],
): Promise<readonly number[]> {
  if (!('query' in target)) return []
  return (await describe(host, target.query, types)).parameters
}

/** A maintained query has no parameters: their values are written into it. */
function withValues(query: string, parameters: readonly number[], binding: Binding): string {
  const parts: string[] = []
  let copied = 0
  for (let token = nextToken(query, 0); token.kind !== 'end'; token = nextToken(query, token.end)) {
    if (token.kind !== 'parameter') continue
    const index = Number(token.text.slice(1)) - 1
    parts.push(
      query.slice(copied, token.start),
      literal(binding.parameters[index] ?? null, parameters[index] ?? 25),
    )
    copied = token.end
  }
  return parts.join('') + query.slice(copied)
}

const TYPE_NAMES: Readonly<Record<number, string>> = {
  16: 'bool',
  20: 'int8',
  21: 'int2',
  23: 'int4',
  701: 'float8',
  1043: 'varchar',
  1082: 'date',
  1114: 'timestamp',
  1184: 'timestamptz',
  1700: 'numeric',
  3802: 'jsonb',
}

function literal(value: Buffer | null, typeOid: number): string {
  const text = value === null ? 'NULL' : quoteText(value.toString())
  return `(${text}::${TYPE_NAMES[typeOid] ?? 'text'})`
}
