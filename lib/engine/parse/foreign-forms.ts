import { internalError } from '../errors.ts'
import { unsupported } from '../refuse.ts'
import type { Scanner } from './scanner.ts'

/**
 * Forms that PostgreSQL's grammar has and Materialize's has not: PGlite would run them. Each looks ahead, from the first
 * word of the statement.
 */
const REFUSALS: Readonly<Record<string, (ahead: Scanner) => void>> = {
  select: refuseLimit,
  with: refuseRecursive,
  create: refuseCreated,
  alter: refuseAltered,
}

/** Throws StatementError. */
export function refuseForeignForms(statement: Scanner): void {
  REFUSALS[statement.peek().text]?.(statement.fork())
}

function refuseRecursive(ahead: Scanner): void {
  ahead.next()
  if (ahead.era === 'subscribe' && ahead.take('mutually')) throw unsupported('WITH MUTUALLY RECURSIVE')
  if (ahead.take('recursive')) throw ahead.unexpected('AS')
  refuseLimit(ahead)
}

function refuseCreated(ahead: Scanner): void {
  ahead.next()
  const temporary = ahead.take('temp', 'temporary')
  if (temporary && ahead.era === 'subscribe' && ahead.peek().text === 'materialized') {
    throw ahead.unexpected('TABLE, or VIEW after CREATE TEMPORARY')
  }
  if (ahead.take('table')) refuseQuery(ahead)
  else if (ahead.mentions('check')) refuseCheckOption(ahead)
}

/** A table is made of columns. */
function refuseQuery(ahead: Scanner): void {
  if (ahead.take('if')) ahead.take('not')
  ahead.take('exists')
  ahead.name()
  if (ahead.era === 'subscribe' && ahead.take('from')) throw unsupported('CREATE TABLE FROM SOURCE')
  if (ahead.peek().text !== '(') throw ahead.unexpected('a list of columns in parentheses')
}

function refuseCheckOption(ahead: Scanner): void {
  ahead.textUpTo((token, next) => token.text === 'with' && ['check', 'local', 'cascaded'].includes(next.text))
  if (!ahead.atEnd) throw ahead.unexpected('end of statement')
}

function refuseAltered(ahead: Scanner): void {
  ahead.next()
  const kind = ahead.take('table', 'view')
  if (!kind) return
  if (ahead.take('if')) ahead.expect('exists')
  ahead.name()
  if (ahead.era === 'tail' && ahead.peek().text !== 'rename') throw ahead.unexpected('RENAME')
  if (kind === 'table' && ahead.take('add')) {
    throw internalError('Enable ALTER TABLE ... ADD COLUMN ... is not available', {
      detail: 'The requested feature (enable_alter_table_add_column) is in private preview.',
      hint: 'Contact support to discuss enabling the feature in your Materialize region.',
    })
  }
}

/** Both servers look at the limit before they tell the columns; the older one knows whole numbers alone. */
function refuseLimit(ahead: Scanner): void {
  const { era } = ahead
  const text = ahead.rest().replaceAll(/'(?:[^']|'')*'/g, "''")
  const found = /\blimit\s+(-\s*\d+|\d+\.\d*|\$\d+)/i.exec(text)?.[1]
  if (found === undefined) return
  if (era === 'subscribe') {
    if (found.startsWith('-')) throw internalError('LIMIT must not be negative')
  } else if (found.startsWith('$')) throw internalError('LIMIT must be an integer constant')
  else throw internalError('invalid digit found in string')
}
