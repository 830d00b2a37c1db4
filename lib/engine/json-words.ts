/**
 * What Materialize says of a text that is no JSON: where its parser stops, and why. PostgreSQL tells the line up to there
 * (`JSON data, line 1: {bad`), so of a longer text the rest is missing.
 */
export function jsonError(context: string): string | undefined {
  const [, text] = /JSON data, line \d+: (.*)$/s.exec(context) ?? []
  if (text === undefined) return undefined
  const line = text.replace(/\.\.\.$/, '')
  return `invalid input syntax for type jsonb: ${reason(line)}: "${line}"`
}

interface Frame {
  readonly kind: 'object' | 'list'
  /** In an object: what comes next. */
  expects: 'key' | 'colon' | 'value' | 'comma'
}

function reason(text: string): string {
  const open: Frame[] = []
  const at = (why: string, column: number) => `${why} at line 1 column ${column}`
  const tokens = /\s+|"(?:[^"\\]|\\.)*"|[[\]{}:,]|[^\s[\]{}:,"]+|"/gy
  for (let token = tokens.exec(text); token; token = tokens.exec(text)) {
    const [word] = token
    const column = token.index + 1
    const frame = open.at(-1)
    if (/^\s/.test(word)) continue
    if (word === '"') return at('EOF while parsing a string', text.length)
    if (frame?.kind === 'object' && frame.expects === 'key' && word !== '}' && !word.startsWith('"')) {
      return at('key must be a string', column)
    }
    if (frame?.expects === 'colon' && word !== ':') return at('expected `:`', column)
    if (word === '{') open.push({ kind: 'object', expects: 'key' })
    else if (word === '[') open.push({ kind: 'list', expects: 'value' })
    else if (word === '}' || word === ']') open.pop()
    else if (!isValue(word) && !/^[:,]$/.test(word)) {
      return /^[tfn]/.test(word) ? at('expected ident', column + 1) : at('expected value', column)
    }
    advance(open.at(-1), word)
  }
  const last = open.at(-1)
  if (!last)
    return text.trim() === ''
      ? at('EOF while parsing a value', text.length)
      : at('trailing characters', text.length)
  const what = last.expects === 'value' && last.kind === 'object' ? 'value' : last.kind
  return at(`EOF while parsing ${what === 'object' ? 'an' : 'a'} ${what}`, text.length)
}

function advance(frame: Frame | undefined, word: string): void {
  if (!frame || word === '{' || word === '[') return
  if (word === ',') frame.expects = frame.kind === 'object' ? 'key' : 'value'
  else if (word === ':') frame.expects = 'value'
  else frame.expects = frame.expects === 'key' ? 'colon' : 'comma'
}

const isValue = (word: string): boolean =>
  word.startsWith('"') || /^(true|false|null|-?\d+(\.\d+)?([eE][+-]?\d+)?)$/.test(word)
