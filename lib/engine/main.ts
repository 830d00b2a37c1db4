import { createLog } from '../log.ts'
import { Database } from './database.ts'
import { EngineServer } from './server.ts'
import { loadParser } from './session/relations.ts'
import { parseVersion, type Version } from './version.ts'

/**
 * The embedded engine as a process: `npx tsx lib/engine/main.ts`. Its parent, if it has one, is told the port it
 * listens on, and takes it along when it ends, however that happens.
 */
const log = createLog('engine')

const DEFAULT_PORT = 6875
const DEFAULT_VERSION = 'v0.26'
/** Ports that are tried after a taken one. */
const MAX_PORTS = 20

interface Settings {
  readonly port: number
  readonly dataDir: string | undefined
  readonly version: Version
}

function readSettings(env: NodeJS.ProcessEnv): Settings {
  const port = Number(env.EMBEDDED_PORT || DEFAULT_PORT)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`EMBEDDED_PORT is no port: ${env.EMBEDDED_PORT}`)
  const version = parseVersion(env.EMBEDDED_VERSION || DEFAULT_VERSION)
  if (!version) throw new Error(`EMBEDDED_VERSION is no version: ${env.EMBEDDED_VERSION}`)
  return { port, dataDir: env.EMBEDDED_DATA_DIR || undefined, version }
}

/** Listens on the port or, where it is taken, on the next one that is free. */
async function listen(server: EngineServer, port: number): Promise<number> {
  for (let candidate = port; ; candidate++) {
    try {
      return await server.listen(candidate)
    } catch (error) {
      const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
      if (!taken || candidate >= port + MAX_PORTS) throw error
    }
  }
}

async function main(): Promise<void> {
  // Without its parent nobody would end it; nothing may come before this.
  process.on('disconnect', () => process.exit(0))
  const { port: wanted, dataDir, version } = readSettings(process.env)
  const opening = Database.open({ version, ...(dataDir !== undefined && { dataDir }) })
  const [database] = await Promise.all([opening, loadParser()])
  const server = new EngineServer(database)
  const port = await listen(server, wanted)
  const stop = (signal: string) => {
    log.info({ signal }, 'stopping')
    server
      .close()
      .then(() => database.close())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'could not close in order')
          process.exit(1)
        },
      )
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  if (process.send) process.send({ type: 'listening', port })
  // Nobody else tells a person where it is.
  else console.log(`engine: ${version.text} listens on 127.0.0.1:${port}`)
}

main().catch((error: unknown) => {
  log.error({ err: error }, 'could not start')
  process.exit(1)
})
