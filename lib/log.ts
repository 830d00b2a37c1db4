import pino, { type Logger } from 'pino'

export type Log = Logger

const STDERR = 2

/** Made at the first use: a module that only imports this one opens nothing. */
let root: Logger | undefined

function createRoot(): Logger {
  const level = process.env.LOG_LEVEL || 'info'
  return pino(
    {
      level: level in pino.levels.values || level === 'silent' ? level : 'info',
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    // Written at once: what a process says last is what matters most, and transitions are rare.
    pino.destination({ dest: STDERR, sync: true }),
  )
}

/** A log of JSON lines on stderr, one for each transition, under the name of the part that speaks. */
export function createLog(name: string): Log {
  root ??= createRoot()
  return root.child({ name })
}
