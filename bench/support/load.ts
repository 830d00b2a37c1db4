import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { script } from './servers.ts'

export interface Open {
  readonly url: string
  readonly count: number
  readonly isGzip: boolean
  /** They ask and never read. */
  readonly isStalled: boolean
  /** Each event is read and its arrival remembered. */
  readonly wantsTimes: boolean
  /** They come evenly over so long. */
  readonly withinMs: number
}

export type Ask = { kind: 'open'; open: Open } | { kind: 'close' } | { kind: 'count' } | { kind: 'take' }

export interface Answer {
  readonly open: number
  /** Chunks of bodies since the start, each one event. */
  readonly frames: number
  readonly bytes: number
  /** Arrivals of numbered changes since they were last taken. */
  readonly receipts: readonly (readonly [n: number, atMs: number])[]
  /** Ids of completed snapshots since they were last taken. */
  readonly snapshots: readonly string[]
  /** Clients that were not answered 200. */
  readonly refused: number
  /** Clients that the server cut off. */
  readonly cut: number
}

/** Clients of any server, in a process of their own. One question at a time. */
export class Load {
  readonly #child: ChildProcess

  private constructor(child: ChildProcess) {
    this.#child = child
  }

  static async start(): Promise<Load> {
    const child = fork(script('./load-client.ts'), {
      execArgv: ['--import', 'tsx'],
      serialization: 'advanced',
    })
    await once(child, 'message')
    return new Load(child)
  }

  async #ask(ask: Ask): Promise<Answer> {
    const answered = once(this.#child, 'message')
    this.#child.send(ask)
    return (await answered)[0] as Answer
  }

  /** Resolves once all have the head of a response. */
  async open(url: string, count: number, options: Partial<Open> = {}): Promise<void> {
    const rest = { isGzip: false, isStalled: false, wantsTimes: false, withinMs: 0, ...options }
    const { refused } = await this.#ask({ kind: 'open', open: { url, count, ...rest } })
    if (refused > 0) throw new Error(`${refused} clients were refused`)
  }

  count = (): Promise<Answer> => this.#ask({ kind: 'count' })
  /** What arrived since this was last asked. */
  take = (): Promise<Answer> => this.#ask({ kind: 'take' })
  /** All clients go away. */
  close = (): Promise<Answer> => this.#ask({ kind: 'close' })

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit')
    this.#child.disconnect()
    await ended
  }
}
