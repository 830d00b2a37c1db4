/** What a client may SHOW, and perhaps SET. */
export interface Variable {
  readonly name: string
  readonly value: string
  readonly description: string
  /** Told to the client at start-up and whenever it is set. */
  readonly reported?: true
  /** Told at start-up only. */
  readonly silent?: true
  readonly readOnly?: true
  /** The one value it can have. */
  readonly only?: string
  readonly values?: readonly string[]
  /** The refusal of another value lists those that exist. */
  readonly hinted?: true
  readonly type?: 'integer' | 'boolean' | 'duration'
}

/** One that takes any text and is told to nobody who does not ask. */
export const settable = (name: string, value: string, description: string): Variable => ({
  name,
  value,
  description,
})

export const readOnly = (name: string, value: string, description: string): Variable => ({
  name,
  value,
  description,
  readOnly: true,
})
