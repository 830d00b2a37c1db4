import { z } from 'zod'
import { keepRunning } from './keep-running.ts'
import type { Start } from './run.ts'

/** What the engine tells when it accepts connections. */
const listening = z.object({ type: z.literal('listening'), port: z.int() })

/** What the simulator tells: the demo relations are there, or cannot be. */
const simulatorMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('failed'), reason: z.string() }),
])

/** A part of Tailboard ended before it was of use. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

/** Runs the engine and gives its port, which it keeps however often it is started again. */
export function startEngine({ settings, commands, children, log, signal, fail }: Start): Promise<number> {
  return new Promise((resolve) => {
    let port: number | undefined
    let first = true
    const command = () => {
      if (!first && port === undefined) fail(new StartError('The embedded engine ended before it was ready'))
      first = false
      return commands.engine(port ?? settings.embedded.port)
    }
    void keepRunning(
      {
        children,
        log,
        command,
        onMessage: (message, child) => {
          const { data } = listening.safeParse(message)
          if (!data) return
          if (port === undefined) resolve(data.port)
          else log.info({ port: data.port }, 'the engine is back')
          port ??= data.port
          if (data.port === port) return
          // The app was given the address: on another one the engine is of no use.
          log.warn({ port }, 'the port of the engine is taken')
          void child.end(END_MS)
        },
      },
      signal,
    )
  })
}

const END_MS = 1_000

/** Runs the simulator. Resolves when the demo relations are there. */
export function startSimulator(start: Start, url: string): Promise<void> {
  const { commands, children, log, signal, fail } = start
  return new Promise((resolve) => {
    let ready = false
    void keepRunning(
      {
        children,
        log,
        command: () => commands.simulator(url),
        onMessage: (message) => {
          const { data } = simulatorMessage.safeParse(message)
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
  })
}
