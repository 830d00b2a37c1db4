/** A frontend message of the extended protocol. */
export type Frame =
  | readonly ['Parse', string, string, (readonly number[])?]
  | readonly [
      'Bind',
      string,
      string,
      (readonly (string | number | null)[])?,
      (readonly number[])?,
      (readonly number[])?,
    ]
  | readonly ['Describe' | 'Close', 'P' | 'S', string]
  | readonly ['Execute', string, number?]
  | readonly ['Flush']
  | readonly ['Sync']

/** A backend message: its name and its parts. */
export type Message = readonly [string, ...unknown[]]

/** The same statement in each era's words. */
export type Text = string | { readonly tail: string; readonly subscribe: string }

/** What a client does, and what a real server answered. */
export interface Step {
  readonly conn?: string
  readonly query?: Text
  readonly start?: Text
  readonly await?: true
  readonly read?: number
  readonly readUntil?: string
  readonly count?: number
  readonly extended?: readonly Frame[]
  readonly startExtended?: readonly Frame[]
  readonly connect?: {
    readonly user?: string | null
    readonly database?: string | null
    readonly params?: Readonly<Record<string, string>>
    readonly protocol?: number
    readonly ssl?: true
    readonly gss?: true
    readonly noStartup?: true
  }
  readonly raw?: string
  readonly copyIn?: readonly string[]
  readonly fail?: string
  readonly cancel?: string
  readonly badSecret?: true
  readonly badPid?: true
  readonly close?: true
  readonly terminate?: true
  readonly wait?: number
  readonly repeat?: number
  readonly timeout?: number
  readonly capture?: Readonly<Record<string, readonly [number, number]>>
  readonly messages?: readonly Message[]
}

/** One script, as it is recorded: a line of a `.jsonl` file. */
export interface Case {
  readonly name: string
  readonly why?: string
  readonly steps: readonly Step[]
}
