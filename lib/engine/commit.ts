import { type Entry, fullName } from './catalog.ts'
import { classify } from './classify.ts'
import type { Core } from './core.ts'
import type { Changes } from './dataflow.ts'
import { Definer } from './definer.ts'
import { internalError, StatementError } from './errors.ts'
import type { Frontier } from './frontier.ts'
import { readingPast } from './reading-past.ts'
import type { Statement } from './statement.ts'
import type { Definition, Work } from './work.ts'

export interface RunOptions {
  readonly dryRun?: boolean | undefined
  readonly asOf?: bigint | undefined
}

/** Runs ordinary statements: reads at the current time, everything else as one commit. */
export class Commit {
  readonly #core: Core
  readonly #frontier: Frontier
  readonly #definer: Definer

  constructor(core: Core, frontier: Frontier) {
    this.#core = core
    this.#frontier = frontier
    this.#definer = new Definer(core, core.registry)
  }

  run(statements: readonly Statement[], { dryRun = false, asOf }: RunOptions = {}): Uint8Array[] {
    const works = statements.map(({ sql }) => classify(sql, this.#core.era))
    if (works.every(({ kind }) => kind === 'read')) return this.#read(statements, works, { dryRun, asOf })
    const defined = works.some(({ kind }) => kind === 'definition')
    if (defined && works.some(({ kind }) => kind === 'write')) {
      throw new StatementError({
        severity: 'ERROR',
        code: '25001',
        message: 'DDL cannot be mixed with writes',
      })
    }
    const timestamp = this.#core.timeline.next()
    this.#frontier.advance(timestamp - 1n)
    const answers: Uint8Array[] = []
    let changes: Changes | undefined
    const dropped: Entry[] = []
    const enter = () => this.#core.executor.setNow(timestamp)
    const work = () => {
      enter()
      for (const [index, statement] of statements.entries()) {
        answers.push(this.#execute(statement, works[index], timestamp, dropped))
      }
      if (dryRun) return
      changes = this.#core.registry.dataflow.step({ timestamp, written: true, defined, enter })
      this.#core.followers.start(timestamp, enter)
      this.#core.backend.query(`UPDATE mz_engine.state SET last_timestamp = ${timestamp}`)
    }
    if (dryRun) {
      this.#core.backend.rolledBack(work)
      return answers
    }
    this.#core.backend.transaction(work)
    if (changes) this.#frontier.publish(changes)
    this.#forget(dropped)
    return answers
  }

  #read(
    statements: readonly Statement[],
    works: readonly Work[],
    { dryRun, asOf }: RunOptions,
  ): Uint8Array[] {
    const now = this.#core.timeline.read()
    if (asOf !== undefined && asOf < now) this.#frontier.advance(now)
    const read = (toStatement: (statement: Statement) => Statement) =>
      statements.map((statement, index) => {
        const work = works[index]
        if (work?.kind !== 'read') throw new TypeError('not a read')
        this.#core.executor.setNow(now)
        return this.#core.executor.read(toStatement(statement), work, asOf ?? now)
      })
    if (asOf !== undefined) {
      return this.#core.backend.rolledBack(() =>
        read((statement) => readingPast(statement, asOf, this.#core, now)),
      )
    }
    const plain = () => read((statement) => statement)
    return dryRun || statements.length > 1 ? this.#core.backend.rolledBack(plain) : plain()
  }

  #execute(statement: Statement, work: Work | undefined, now: bigint, dropped: Entry[]): Uint8Array {
    switch (work?.kind) {
      case 'read':
        return this.#core.executor.read(statement, work, now)
      case 'write':
        return this.#core.executor.write(statement, work)
      case 'definition':
        return this.#define(statement, work, now, dropped)
      default:
        throw new TypeError('a statement without a kind')
    }
  }

  #define(statement: Statement, work: Definition, now: bigint, dropped: Entry[]): Uint8Array {
    const { answer, change } = this.#definer.define(statement, work)
    for (const { id } of change.dropped) {
      const entry = this.#core.registry.entries.get(id)
      if (entry) dropped.push(entry)
    }
    this.#core.registry.apply(change, now)
    if (change.renamed) {
      this.#core.registry.rename(change.renamed, now, (relation) => this.#core.followers.has(relation))
    }
    return answer
  }

  /** What was dropped ends its subscriptions; an older server goes on with them, and nobody can tell. */
  #forget(dropped: readonly Entry[]): void {
    for (const { object, relation } of dropped.toReversed()) {
      if (!relation) continue
      const message = `subscribe has been terminated because underlying relation "${fullName(object)}" was dropped`
      if (this.#core.era === 'subscribe') this.#core.followers.fail(relation, internalError(message))
      this.#core.registry.release(relation, (each) => this.#core.followers.has(each))
    }
  }
}
