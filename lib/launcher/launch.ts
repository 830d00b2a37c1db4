import { accessSync, constants, existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readEnv, type Settings, SettingsError } from '../env.ts'
import { createLog } from '../log.ts'
import { BuildError } from './build.ts'
import { Children } from './children.ts'
import { createCommands, ROOT } from './commands.ts'
import { openDoorWarnings } from './open-door.ts'
import { onParentGone } from './parent.ts'
import { whyNotListen } from './ports.ts'
import { StartError } from './roles.ts'
import { run } from './run.ts'

/** The app says goodbye to its readers while the database still answers; then the rest is ended. */
const APP_GRACE_MS = 2_500
const REST_GRACE_MS = 1_500
const HURRY_AFTER_MS = 500

const say = (line: string) => void process.stdout.write(`${line}\n`)

/**
 * Runs Tailboard until it is told to end, and ends this process with everything it started. `createCommands` says what
 * is run.
 */
export async function launch(options: { dev: boolean; commands?: typeof createCommands }): Promise<void> {
  // Somebody who reads a few lines and closes the pipe does not end a dashboard.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  const children = new Children()
  const ending = new AbortController()
  endOnSignals(ending, children)
  let status: number
  try {
    const settings = checkedSettings()
    await checkPort(settings)
    for (const warning of openDoorWarnings(settings)) process.stderr.write(`${warning}\n`)
    const commands = (options.commands ?? createCommands)(settings, options)
    status =
      (await run({ settings, commands, children, say, log: createLog('launcher') }, ending.signal)) ?? 0
  } catch (error) {
    process.stderr.write(`${inWords(error)}\n`)
    status = 1
  }
  ending.abort()
  await children.endAll({ first: 'app', firstGraceMs: APP_GRACE_MS, graceMs: REST_GRACE_MS })
  process.exit(status)
}

function endOnSignals(ending: AbortController, children: Children): void {
  let askedMs: number | undefined
  const end = () => {
    askedMs ??= Date.now()
    // Asked again, somebody is in a hurry; but one Ctrl-C may also arrive twice, from the terminal and from npm.
    if (Date.now() - askedMs > HURRY_AFTER_MS) children.killAll()
    ending.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
  // Started by a process that has us on a channel, we end with it, as our own children do; and npm's end is meant for us.
  if (process.channel) process.once('disconnect', end)
  if (process.env.npm_lifecycle_event) onParentGone(end)
}

function checkedSettings(): Settings {
  const file = join(ROOT, '.env')
  // What the environment says already goes before what the file says.
  if (existsSync(file)) process.loadEnvFile(file)
  const settings = readEnv()
  if (settings.materializeUrl !== undefined) checkCertificates(settings.materializeUrl)
  return settings
}

/** The files of TLS are read at each connection: better now than in a log later. */
function checkCertificates(url: string): void {
  for (const [name, file] of new URL(url).searchParams) {
    if (!['sslrootcert', 'sslcert', 'sslkey'].includes(name)) continue
    try {
      accessSync(resolve(ROOT, file), constants.R_OK)
    } catch {
      throw new SettingsError(`MATERIALIZE_URL names ${name}=${file}, which cannot be read from ${ROOT}`)
    }
  }
}

/** Before anything is started, as what follows takes a while. */
async function checkPort({ host, port }: Settings): Promise<void> {
  switch (await whyNotListen(host, port)) {
    case undefined:
      return
    case 'EADDRINUSE':
      throw new SettingsError(
        `Port ${port} is taken: set PORT=${Math.min(port + 1, 65_535)} or another free one`,
      )
    case 'EACCES':
      throw new SettingsError(`Port ${port} needs more rights: set PORT to one above 1023`)
    default:
      throw new SettingsError(`HOST=${host} is no address of this machine: set it to 127.0.0.1 or 0.0.0.0`)
  }
}

/** One line for what a person can mend; what nobody expected comes with its stack. */
function inWords(error: unknown): string {
  if (error instanceof SettingsError || error instanceof StartError || error instanceof BuildError) {
    return error.message
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
