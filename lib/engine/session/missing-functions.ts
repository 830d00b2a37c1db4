import { internalError } from '../errors.ts'
import { nextToken, type Token } from '../parse/lexer.ts'
import type { Version } from '../version.ts'

/**
 * Functions that PostgreSQL has and Materialize has not. Some would harm: PGlite is one session, which all clients
 * share, so that a setting, a lock or a sleep would be everybody's.
 */
const BOTH = [
  'set_config|convert_to|random|gen_random_uuid|uuidv4|uuidv7|setval|nextval|setseed|pg_notify|lo_\\w+',
  'pg_sleep\\w*|pg_(?:try_)?advisory\\w*|pg_read\\w*|pg_ls\\w*|pg_terminate_backend|pg_reload_conf|pg_create\\w*',
]
const TAIL_ONLY = 'current_setting|pg_is_in_recovery|to_regclass|clock_timestamp|pg_cancel_backend'
const MISSING = {
  tail: new RegExp(`^(?:${[...BOTH, TAIL_ONLY].join('|')})$`),
  subscribe: new RegExp(`^(?:${BOTH.join('|')})$`),
} as const
/** A first look, which spares most statements a second one. */
const SUSPECT = new RegExp(`(?:${[...BOTH, TAIL_ONLY].join('|')})"?\\s*\\(`, 'i')

/** Throws where a statement calls one of them. */
export function refuseMissingFunctions(sql: string, era: Version['era']): void {
  if (!SUSPECT.test(sql)) return
  let schema = ''
  for (let token = nextToken(sql, 0); token.kind !== 'end'; token = nextToken(sql, token.end)) {
    if (token.text === '.') continue
    const next = nextToken(sql, token.end)
    const isName = token.kind === 'word' || token.kind === 'quoted'
    if (isName && next.text === '(' && MISSING[era].test(token.text)) {
      throw missing(`${schema}${token.text}`, argumentTypes(sql, next), era)
    }
    schema = isName && next.text === '.' ? `${token.text}.` : ''
  }
}

function missing(name: string, types: readonly string[], era: Version['era']) {
  if (era === 'tail') return internalError(`function ${name}(${types.join(', ')}) does not exist`)
  return internalError(`function "${name}" does not exist`, {
    hint: 'No function matches the given name and argument types. You might need to add explicit type casts.',
  })
}

/** The types of literal arguments; of others they are not known here. */
function argumentTypes(sql: string, opening: Token): string[] {
  const types: string[] = []
  let token = nextToken(sql, opening.end)
  while (token.kind !== 'end' && token.text !== ')') {
    if (token.text !== ',') types.push(literalType(token))
    token = nextToken(sql, token.end)
  }
  return types
}

function literalType({ kind, text }: Token): string {
  if (kind === 'number') return /^\d+$/.test(text) ? 'integer' : 'numeric'
  return kind === 'word' && (text === 'true' || text === 'false') ? 'boolean' : 'unknown'
}
