import type { StatementError } from '../errors.ts'
import type { Failures } from './relation.ts'

/** Groups that cannot be evaluated; their rows are missing. */
export class FailedGroups {
  readonly #failures: Failures
  readonly #failed = new Map<string, StatementError>()

  constructor(failures: Failures) {
    this.#failures = failures
  }

  get size(): number {
    return this.#failed.size
  }

  fail(key: string, error: StatementError): void {
    this.heal(key)
    this.#failed.set(key, error)
    this.#failures.add(error, 1)
  }

  heal(key: string): void {
    const error = this.#failed.get(key)
    if (!error) return
    this.#failed.delete(key)
    this.#failures.add(error, -1)
  }

  healAll(): void {
    for (const key of [...this.#failed.keys()]) this.heal(key)
  }
}
