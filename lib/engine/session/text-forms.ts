import type { Column } from '../change.ts'

const NUMERIC = 1700
/** A type modifier is precision and scale, each 16 bits, and 4. */
const MODIFIER_BASE = 4
const PRECISION = 39

/** A column as Materialize describes it: every numeric has 39 digits. */
export function materializeColumn(column: Column): Column {
  if (column.typeOid !== NUMERIC) return column
  const scale = column.typeModifier < 0 ? PRECISION : (column.typeModifier - MODIFIER_BASE) & 0xffff
  return { ...column, typeModifier: ((PRECISION << 16) | scale) + MODIFIER_BASE }
}

/**
 * Materialize writes some values otherwise than PostgreSQL does: numeric without trailing zeros, floats with an
 * exponent only where it is far from one, jsonb without spaces and with its keys sorted.
 */
export function textForm(typeOid: number): ((text: string) => string) | undefined {
  return FORMS[typeOid]
}

const FORMS: Readonly<Record<number, (text: string) => string>> = {
  700: formatFloat,
  701: formatFloat,
  1186: (text) => text.replace(/\bmon(s?)\b/, 'month$1'),
  1700: formatNumeric,
  3802: formatJson,
}

function formatNumeric(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

function formatFloat(text: string): string {
  const value = Number(text)
  if (text === '-0' || !Number.isFinite(value)) return text
  const size = Math.abs(value)
  // JavaScript uses the same shortest digits, but turns to an exponent only at 1e21.
  return size >= 1e16 && size < 1e21 ? value.toExponential() : String(value)
}

/** Works on the text, for a number of jsonb may have more digits than JavaScript's. */
function formatJson(text: string): string {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[[\]{}:,]|[^\s[\]{}:,"]+/g) ?? []
  let at = 0
  const value = (): string => {
    const token = tokens[at++] ?? ''
    if (token === '{') return object()
    if (token === '[') return array()
    return /^-?\d+\.\d+$/.test(token) ? formatNumeric(token) : token
  }
  const object = (): string => {
    const members: [string, string][] = []
    while (tokens[at] !== '}' && at < tokens.length) {
      const key = tokens[at++] ?? ''
      at++ // the colon
      members.push([key, value()])
      if (tokens[at] === ',') at++
    }
    at++
    const sorted = members.sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${sorted.map(([key, text]) => `${key}:${text}`).join(',')}}`
  }
  const array = (): string => {
    const items: string[] = []
    while (tokens[at] !== ']' && at < tokens.length) {
      items.push(value())
      if (tokens[at] === ',') at++
    }
    at++
    return `[${items.join(',')}]`
  }
  return value()
}
