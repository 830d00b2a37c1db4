/** A column as RowDescription tells it. */
export interface Column {
  readonly name: string
  readonly typeOid: number
  readonly typeSize: number
  readonly typeModifier: number
}

/** The text forms of a row's values, in column order. */
export type Values = readonly (string | null)[]

/** A row that appeared or vanished. */
export interface Update {
  readonly progress: false
  readonly timestamp: bigint
  readonly diff: number
  readonly values: Values
}
