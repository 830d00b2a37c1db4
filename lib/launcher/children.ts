import { type ChildProcess, spawn } from 'node:child_process'

/** A role of Tailboard as a process of its own: what Node is called with. */
export interface Command {
  readonly name: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** `capture` keeps both outputs back, for {@link Child.output}. */
  readonly output?: 'inherit' | 'errors-only' | 'capture'
}

export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface Child {
  readonly name: string
  readonly pid: number | undefined
  readonly exited: Promise<Exit>
  /** What was captured so far. */
  output(): string
  /** Asks the process to end, and makes it end when it has not after so long. May be called twice. */
  end(graceMs: number): Promise<void>
}

/** The processes that were started here and have not ended. */
export class Children {
  readonly #running = new Set<Child & { kill(): void }>()

  start(command: Command, onMessage: (message: unknown) => void = () => {}): Child {
    const child = spawnChild(command, onMessage)
    this.#running.add(child)
    void child.exited.then(() => this.#running.delete(child))
    return child
  }

  /** Ends them all: the named one, and then the others. */
  async endAll(order: { first: string; firstGraceMs: number; graceMs: number }): Promise<void> {
    const end = (children: Child[], graceMs: number) =>
      Promise.all(children.map((child) => child.end(graceMs)))
    const running = [...this.#running]
    await end(
      running.filter(({ name }) => name === order.first),
      order.firstGraceMs,
    )
    await end(
      running.filter(({ name }) => name !== order.first),
      order.graceMs,
    )
  }

  /** At once, without asking. */
  killAll(): void {
    for (const child of this.#running) child.kill()
  }
}

function spawnChild(command: Command, onMessage: (message: unknown) => void): Child & { kill(): void } {
  const { name, args, env, cwd, output = 'inherit' } = command
  const captured: Buffer[] = []
  const stdout = output === 'capture' ? 'pipe' : output === 'errors-only' ? 'ignore' : 'inherit'
  const process_ = spawn(process.execPath, args, {
    cwd,
    env: env as NodeJS.ProcessEnv, // which Next's types want a NODE_ENV in
    // The channel closes when this process ends, however it ends: that is how a child knows.
    stdio: ['ignore', stdout, output === 'capture' ? 'pipe' : 'inherit', 'ipc'],
    // A group of its own: Ctrl-C in a terminal reaches this process alone, which then ends its children in order.
    detached: true,
  })
  process_.on('message', onMessage)
  for (const stream of [process_.stdout, process_.stderr]) {
    stream?.on('data', (chunk: Buffer) => captured.push(chunk))
  }
  const exited = new Promise<Exit>((resolve) => {
    process_.once('exit', (code, signal) => {
      // What the process itself had started.
      killGroup(process_)
      resolve({ code, signal })
    })
    process_.once('error', () => resolve({ code: 1, signal: null }))
  })
  let ending: Promise<void> | undefined
  const kill = () => killGroup(process_)
  return {
    name,
    pid: process_.pid,
    exited,
    output: () => Buffer.concat(captured).toString(),
    kill,
    end: (graceMs) => (ending ??= endGracefully(process_, exited, kill, graceMs)),
  }
}

async function endGracefully(
  process_: ChildProcess,
  exited: Promise<Exit>,
  kill: () => void,
  graceMs: number,
): Promise<void> {
  process_.kill('SIGTERM')
  const timer = setTimeout(kill, graceMs)
  await exited
  clearTimeout(timer)
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nothing is left of the group, which is what was wanted.
  }
}
