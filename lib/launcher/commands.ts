import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Settings } from '../env.ts'
import type { Command } from './children.ts'

/** The project's directory, wherever the command was typed. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** The processes that Tailboard is made of. */
export interface Commands {
  engine(port: number): Command
  simulator(url: string): Command
  /** Undefined where the app needs no build. */
  readonly build: Command | undefined
  app(url: string): Command
}

type Env = Command['env']

const NEXT = createRequire(import.meta.url).resolve('next/dist/bin/next')
/** Loaded into Next's processes before Next itself. */
const PRELOADED = [
  './end-with-parent.js',
  './close-idle-connections.js',
  '../sse/node-response.js',
  '../access/preload.js',
].map((file) => new URL(file, import.meta.url).href)

const script = (file: string): string[] => ['--import', 'tsx', join(ROOT, file)]

export function createCommands(settings: Settings, { dev }: { dev: boolean }): Commands {
  const { host, port, embedded } = settings
  const next = (args: string[], env: Env): Command => ({
    name: 'app',
    args: [NEXT, ...args],
    cwd: ROOT,
    env: nextEnv(env, dev),
  })
  return {
    engine: (enginePort) => ({
      name: 'engine',
      args: script('lib/engine/main.ts'),
      cwd: ROOT,
      env: {
        ...withoutToken(process.env),
        EMBEDDED_PORT: String(enginePort),
        EMBEDDED_VERSION: embedded.version,
        ...(embedded.dataDir === undefined ? {} : { EMBEDDED_DATA_DIR: embedded.dataDir }),
      },
    }),
    simulator: (url) => ({
      name: 'simulator',
      args: script('lib/simulator/main.ts'),
      cwd: ROOT,
      env: { ...withoutToken(process.env), ...resolved(settings, url) },
    }),
    build: dev
      ? undefined
      : { ...next(['build'], withoutToken(process.env)), name: 'build', output: 'capture' },
    app: (url) => ({
      ...next([dev ? 'dev' : 'start', '--hostname', host, '--port', String(port)], {
        ...process.env,
        ...resolved(settings, url),
        ...access(settings),
      }),
      // What Next says at its start is said by the launcher; in development it also says what was compiled.
      output: dev ? 'inherit' : 'errors-only',
    }),
  }
}

/** The settings in which the launcher had a say, as the processes are to find them. */
function resolved({ sensors, hostMetrics, host, port }: Settings, url: string): Env {
  return {
    MATERIALIZE_URL: url,
    SENSORS: String(sensors),
    HOST_METRICS: hostMetrics ? 'on' : 'off',
    HOST: host,
    PORT: String(port),
  }
}

/** What lib/access/settings.js reads. */
function access({ allowedOrigins, maxClients, trustProxy }: Settings): Env {
  return {
    ALLOWED_ORIGINS: allowedOrigins.join(','),
    MAX_CLIENTS: String(maxClients),
    TRUST_PROXY: trustProxy ? 'on' : 'off',
  }
}

/** Only the app needs the token. */
const withoutToken = (env: Env): Env => ({ ...env, ACCESS_TOKEN: undefined })

function nextEnv(env: Env, dev: boolean): Env {
  // The app never learns which database answers.
  const known = Object.entries(env).filter(([name]) => !name.startsWith('EMBEDDED_'))
  return {
    ...Object.fromEntries(known),
    NODE_ENV: dev ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    NODE_OPTIONS: [env.NODE_OPTIONS ?? '', ...PRELOADED.map((url) => `--import ${url}`)].join(' ').trim(),
  }
}
