import type { Case, Message } from './script.ts'

/**
 * A case as what has to be the same on every server. Taken out is what differs between two runs of one server:
 * times, process ids, ids and hashes; how the rows of a subscription are spread over FETCHes and timestamps (a row
 * is reduced to the runs of its diffs over the whole case, progress rows to whether there were any); the order of
 * the rows of a SELECT. What remains is column names, types, tags, errors, notices, status bytes and rows.
 */
export function normalise(script: Case): string[] {
  const lines: string[] = []
  const changes = new Changes()
  const columns = new Map<string, readonly string[]>()
  for (const { conn = 'other', messages = [] } of script.steps) {
    const rows: string[] = []
    const flush = () => lines.push(...rows.splice(0).sort())
    for (const message of messages) {
      const names = columns.get(conn) ?? []
      if (message[0] === 'DataRow') {
        const values = message[1] as (string | null)[]
        if (names[0] === 'mz_timestamp') changes.add(conn, names, values)
        else rows.push(`${conn} DataRow ${plain(JSON.stringify(values))}`)
        continue
      }
      if (message[0] === 'CopyData' && changes.addCopied(conn, String(message[1]))) continue
      flush()
      if (message[0] === 'RowDescription')
        columns.set(
          conn,
          (message[1] as [string][]).map(([name]) => name),
        )
      if (message[0] !== 'NoAnswer') lines.push(`${conn} ${describe(message, names)}`)
    }
    flush()
  }
  return [...lines, ...changes.lines()]
}

function describe([kind, ...parts]: Message, names: readonly string[]): string {
  if (kind === 'BackendKeyData') return kind
  if (kind === 'CommandComplete' && names[0] === 'mz_timestamp') {
    return `${kind} ${String(parts[0]).replace(/^(FETCH|SELECT|COPY) \d+$/, '$1 <n>')}`
  }
  return `${kind} ${plain(JSON.stringify(parts))}`
}

/** The runs of diffs of each row. What is of one timestamp has no order: what goes is counted before what comes. */
class Changes {
  readonly #runs = new Map<string, number[]>()
  /** Of each connection: its last timestamp and what is of it. */
  readonly #open = new Map<string, { timestamp: string; diffs: [key: string, diff: number][] }>()
  readonly #progress = new Set<string>()

  add(conn: string, names: readonly string[], values: readonly (string | null)[]): void {
    const progressed = names.indexOf('mz_progressed') === 1 ? 1 : -1
    const diffAt = names.indexOf('mz_diff')
    if (progressed === 1 && /^(t|true)$/.test(values[1] ?? '')) {
      this.#progress.add(conn)
      return
    }
    const rest = values.filter((_, index) => index !== 0 && index !== diffAt && index !== progressed)
    const diff = diffAt < 0 ? 1 : Number(values[diffAt])
    this.#addAt(conn, values[0] ?? '', `${conn} ${names.join()} ${plain(JSON.stringify(rest))}`, diff)
  }

  /** A row of COPY (TAIL ...): time, [progressed,] diff, values. */
  addCopied(conn: string, line: string): boolean {
    if (!/^\d{13,}\t/.test(line)) return false
    const fields = line.replace(/\n$/, '').split('\t')
    if (fields[1] === 't') {
      this.#progress.add(conn)
      return true
    }
    const diffAt = fields[1] === 'f' ? 2 : 1
    const key = `${conn} copy ${plain(fields.slice(diffAt + 1).join('|'))}`
    this.#addAt(conn, fields[0] ?? '', key, Number(fields[diffAt]))
    return true
  }

  #addAt(conn: string, timestamp: string, key: string, diff: number): void {
    if (this.#open.get(conn)?.timestamp !== timestamp) this.#close(conn)
    const open = this.#open.get(conn) ?? { timestamp, diffs: [] }
    open.diffs.push([key, diff])
    this.#open.set(conn, open)
  }

  #close(conn: string): void {
    const { diffs } = this.#open.get(conn) ?? { diffs: [] }
    this.#open.delete(conn)
    for (const [key, diff] of diffs.sort(([, left], [, right]) => left - right)) this.#count(key, diff)
  }

  #count(key: string, diff: number): void {
    const runs = this.#runs.get(key) ?? []
    this.#runs.set(key, runs)
    const last = runs.at(-1)
    if (last !== undefined && Math.sign(last) === Math.sign(diff)) runs[runs.length - 1] = last + diff
    else runs.push(diff)
  }

  lines(): string[] {
    for (const conn of this.#open.keys()) this.#close(conn)
    const rows = Array.from(this.#runs, ([key, runs]) => `${key} ${JSON.stringify(runs)}`)
    return [...rows.sort(), ...Array.from(this.#progress, (conn) => `${conn} progress`).sort()]
  }
}

const plain = (text: string): string =>
  text
    .replace(/\b\d{13,20}(\.\d+)?\b/g, '<time>')
    .replace(/\b1[5-9]\d{8}(\.\d+)?\b/g, '<seconds>')
    .replace(/User\(\d+\)/g, 'User(<n>)')
    .replace(/\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?/g, '<date>')
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '<uuid>')
    .replace(/\bu\d+\b/g, 'u<n>')
    .replace(/"t\d+","<uuid>"/g, '"t<n>","<uuid>"')
    .replace(/v[\d.]+(-dev\.\d+)? \(\w{9}\)/g, '<version>')
    .replace(/connected to Materialize [^"]*/, '<welcome>')
    .replace(/\[Antichain[^\]]*\][^\]]*\]?/g, '[<frontiers>]')
    .replace(/for all inputs: \[.*\]/g, 'for all inputs: [<frontiers>]')
