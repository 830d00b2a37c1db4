import type { Column } from '../change.ts'
import type { Parsed } from '../parse/parser.ts'

/** A statement that was parsed and described, waiting for its parameters. */
export interface Prepared {
  /** Undefined: it is empty. */
  readonly parsed: Parsed | undefined
  /** As the client gave them; PostgreSQL finds the others. */
  readonly types: readonly number[]
  /** The types of all parameters. */
  readonly parameters: readonly number[]
  /** What an ordinary statement answers; the others know it when they are opened. */
  readonly columns: readonly Column[] | undefined
}
