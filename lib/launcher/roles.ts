import { z } from 'zod'
import type { Settings } from '../env.ts'
import type { Log } from '../log.ts'
import { simulatorMessageSchema } from '../simulator/message.ts'
import type { Children } from './children.ts'
import type { Commands } from './commands.ts'
import { keepRunning } from './keep-running.ts'

export interface RunOptions {
  readonly settings: Settings
  readonly commands: Commands
  readonly children: Children
  /** Tells a person how it goes, in a line. */
  readonly say: (line: string) => void
  readonly log: Log
}

/** What a part needs to start, and how it says that it cannot. */
export interface Start extends RunOptions {
  readonly signal: AbortSignal
  readonly fail: (error: Error) => void
}

/** What the engine tells when it accepts connections. */
const listeningSchema = z.object({ type: z.literal('listening'), port: z.int() })

const WRONG_PORT_GRACE_MS = 1_000

/** A part of Tailboard cannot be started. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

/** Runs the engine and gives its port, which it keeps however often it is started again. */
export function startEngine({ settings, commands, children, log, signal, fail }: Start): Promise<number> {
  return new Promise((resolve) => {
    let port: number | undefined
    const engine = keepRunning(
      {
        children,
        log,
        command: () => commands.engine(port ?? settings.embedded.port),
        onMessage: (message, child) => {
          const { data } = listeningSchema.safeParse(message)
          if (!data) return
          if (port === undefined) {
            port = data.port
            resolve(port)
          } else if (data.port === port) {
            log.info({ port }, 'the engine is back')
          } else {
            // The app was given the address: on another one the engine is of no use.
            log.warn({ port }, 'the port of the engine is taken')
            void child.end(WRONG_PORT_GRACE_MS)
          }
        },
        onEnd: () => {
          if (port === undefined) fail(new StartError('The embedded engine ended before it was ready'))
        },
      },
      signal,
    )
    engine.catch(fail)
  })
}

/** Runs the simulator. Resolves when the demo relations are there. */
export function startSimulator(start: Start, url: string): Promise<void> {
  const { commands, children, log, signal, fail } = start
  return new Promise((resolve) => {
    let ready = false
    const simulator = keepRunning(
      {
        children,
        log,
        command: () => commands.simulator(url),
        onMessage: (message) => {
          const { data } = simulatorMessageSchema.safeParse(message)
          if (data?.type === 'ready') {
            ready = true
            resolve()
          } else if (data?.type === 'failed') {
            if (ready) log.error({ reason: data.reason }, 'the simulator failed')
            else fail(new StartError(data.reason))
          }
        },
      },
      signal,
    )
    simulator.catch(fail)
  })
}
