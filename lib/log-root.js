// @ts-check
// Plain JavaScript, as what is preloaded into Next's process (lib/access) speaks through it too, before anything that
// could compile it.
import pino from 'pino'

const STDERR = 2

/**
 * Where all log lines of a process go: JSON on stderr, at the level that `LOG_LEVEL` names.
 *
 * @returns {pino.Logger}
 */
export function createLogRoot() {
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
