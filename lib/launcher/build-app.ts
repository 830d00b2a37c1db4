import { readEnv } from '../env.ts'
import { BuildError, ensureBuilt } from './build.ts'
import { Children } from './children.ts'
import { createCommands, ROOT } from './commands.ts'

/** What `npm run build` runs: builds the app as `npm start` would, so that it need not. */
const children = new Children()
const ending = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    ending.abort()
    children.killAll()
  })
}
const { build } = createCommands(readEnv(), { dev: false })
const say = (line: string) => void process.stdout.write(`${line}\n`)
try {
  if (build) await ensureBuilt({ root: ROOT, children, command: build, say }, ending.signal)
} catch (error) {
  if (!(error instanceof BuildError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
