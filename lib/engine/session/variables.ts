import { refusal } from '../refuse.ts'
import type { Version } from '../version.ts'
import type { Variable } from './variable.ts'
import { variablesOf } from './variable-list.ts'

const unrecognized = (name: string) => refusal('42704', `unrecognized configuration parameter "${name}"`)

/** One session's variables. Nothing of them reaches PGlite, which all sessions share. */
export class Variables {
  readonly #known: ReadonlyMap<string, Variable>
  readonly #session = new Map<string, string>()
  /** What was SET in the open transaction: undone by ROLLBACK, or by its end where it was SET LOCAL. */
  readonly #changes: { name: string; before: string | undefined; local: boolean }[] = []
  readonly #era: Version['era']

  constructor(version: Version) {
    this.#era = version.era
    this.#known = variablesOf(version)
  }

  /** The parameters that a client is told of, in their order. */
  *reported(): Generator<[string, string]> {
    for (const variable of this.#known.values()) if (variable.reported) yield this.#pair(variable)
  }

  *all(): Generator<[string, string, string]> {
    const names = [...this.#known.values()].sort((a, b) =>
      a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1,
    )
    for (const variable of names) yield [...this.#pair(variable), variable.description]
  }

  get(name: string): string {
    return this.#pair(this.#find(name))[1]
  }

  /** Sets a variable and answers what the client is to be told. Undefined stands for its default. */
  set(name: string, value: string | undefined, local: boolean): [string, string] | undefined {
    const variable = this.#find(name)
    if (variable.readOnly) throw refusal('55P02', `parameter "${variable.name}" cannot be changed`)
    const text = this.#check(variable, value)
    this.#changes.push({ name: variable.name, before: this.#session.get(variable.name), local })
    this.#session.set(variable.name, text)
    return variable.reported && !variable.silent ? [variable.name, text] : undefined
  }

  /** The transaction has ended; answers what changed back, where the era tells. */
  endTransaction(committed: boolean): [string, string][] {
    const told = new Map<string, string>()
    for (const { name, before, local } of this.#changes.splice(0).reverse()) {
      if (committed && !local) continue
      if (!told.has(name)) told.set(name, this.get(name))
      if (before === undefined) this.#session.delete(name)
      else this.#session.set(name, before)
    }
    if (this.#era === 'tail') return []
    return [...told]
      .map(([name, value]) => ({ variable: this.#find(name), value }))
      .filter(
        ({ variable, value }) => variable.reported && !variable.silent && this.get(variable.name) !== value,
      )
      .map(({ variable }) => this.#pair(variable))
  }

  resetAll(): void {
    this.#session.clear()
  }

  #find(name: string): Variable {
    const variable = this.#known.get(name.toLowerCase())
    if (!variable) throw unrecognized(name)
    return variable
  }

  #pair(variable: Variable): [string, string] {
    return [variable.name, this.#session.get(variable.name) ?? variable.value]
  }

  #check(variable: Variable, value: string | undefined): string {
    // The older server takes the word itself for a value.
    if (value === undefined) {
      return this.#era === 'tail' && !variable.only && !variable.type ? 'default' : variable.value
    }
    const wrongType = () =>
      refusal('22023', `parameter "${variable.name}" requires a "${variable.type}" value`)
    switch (variable.type) {
      case 'integer':
        if (!/^[+-]?\d+$/.test(value)) throw wrongType()
        return value
      case 'boolean':
        if (/^(true|on|t)$/i.test(value)) return 'on'
        if (/^(false|off|f)$/i.test(value)) return 'off'
        throw wrongType()
      case 'duration':
        return formatDuration(value) ?? value
      case undefined:
        return this.#checkText(variable, value)
      default:
        return variable.type satisfies never
    }
  }

  #checkText(variable: Variable, value: string): string {
    if (variable.values) {
      const found = variable.values.find((allowed) => allowed.toLowerCase() === value.toLowerCase())
      if (found !== undefined) return found
      throw refusal('22023', `invalid value for parameter "${variable.name}": "${value}"`, {
        hint: variable.hinted ? `Available values: ${variable.values.join(', ')}.` : undefined,
      })
    }
    if (variable.only === undefined) return value
    if (sameSetting(variable.only, value)) return variable.only
    throw refusal('22023', `parameter "${variable.name}" can only be set to "${variable.only}"`)
  }
}

/** `utf-8`, `UTF8` and `'utf8'` are one encoding; `true` is `on`. */
function sameSetting(only: string, value: string): boolean {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replaceAll(/['\s-]/g, '')
      .replace(/^(true|1)$/, 'on')
  return plain(only) === plain(value)
}

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const

/** In the largest unit that holds it; milliseconds where none is told. */
function formatDuration(text: string): string | undefined {
  const [, number, unit = 'ms'] = /^(\d+)\s*(ms|s|min|h|d)?$/.exec(text.trim()) ?? []
  const ms = Number(number) * (UNITS.find(([name]) => name === unit)?.[1] ?? Number.NaN)
  if (ms === 0) return '0 s'
  const [name, size] = UNITS.find(([, size]) => ms % size === 0) ?? []
  return name && size && `${ms / size} ${name}`
}
