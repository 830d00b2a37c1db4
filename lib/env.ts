import { z } from 'zod'
import { ACCESS_DEFAULTS } from './access/settings.js'

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** What the environment asks for, checked, with the defaults filled in. */
export interface Settings {
  /** Undefined: the launcher starts the embedded engine. The app itself is always given one. */
  readonly materializeUrl: string | undefined
  readonly host: string
  readonly port: number
  readonly embedded: {
    /** 0: any free port. */
    readonly port: number
    /** Undefined: in memory. */
    readonly dataDir: string | undefined
    readonly version: string
  }
  /** 0: no simulated network. */
  readonly sensors: number
  readonly sensorIntervalMs: number
  readonly hostMetrics: boolean
  /** Undefined: every relation that can be read. */
  readonly streamRelations: readonly string[] | undefined
  /** Undefined: open to whoever reaches the port. */
  readonly accessToken: string | undefined
  /** Foreign origins whose pages may read and write. */
  readonly allowedOrigins: readonly string[]
  /** Streams that may be open at once. */
  readonly maxClients: number
  /** The same for one address; 0: no limit. */
  readonly maxClientsPerIp: number
  /** A proxy stands in front, and what it says of the client is believed. */
  readonly trustProxy: boolean
  readonly logLevel: LogLevel
}

/** A setting that cannot be used. Its message is one line for a person, and never holds a secret. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
}

const MAX_PORT = 65_535
const MAX_SENSORS = 10_000
const MIN_INTERVAL_MS = 100
const MAX_INTERVAL_MS = 60_000
const MAX_MAX_CLIENTS = 1_000_000

const wholeNumber = (min: number, max: number) => {
  const remedy = `a whole number from ${min} to ${max}`
  return z
    .string()
    .regex(/^\d{1,9}$/, remedy)
    .transform(Number)
    .pipe(z.int().min(min, remedy).max(max, remedy))
}

const listOf = (what: string) =>
  z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    )
    .pipe(z.array(z.string()).min(1, `${what}, separated by commas`))

const ORIGINS = 'origins such as https://example.org'

const onOff = z.enum(['on', 'off'], 'on or off').transform((word) => word === 'on')

/** Every setting there is, by its name in the environment. */
export const settingsSchema = z.object({
  MATERIALIZE_URL: z
    .string()
    .refine(isPostgresUrl, 'an address like postgres://user:password@host:6875/materialize')
    .optional(),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'a host name or an address, such as 127.0.0.1')
    .default(ACCESS_DEFAULTS.host),
  PORT: wholeNumber(1, MAX_PORT).default(3000),
  EMBEDDED_PORT: wholeNumber(0, MAX_PORT).default(6875),
  EMBEDDED_DATA_DIR: z.string().optional(),
  EMBEDDED_VERSION: z
    .string()
    .regex(/^v\d{1,3}\.\d{1,3}(\.\d{1,3})?$/, 'a version of Materialize, such as v0.26 or v26.24.0')
    .default('v0.26'),
  SENSORS: wholeNumber(0, MAX_SENSORS).optional(),
  SENSOR_INTERVAL_MS: wholeNumber(MIN_INTERVAL_MS, MAX_INTERVAL_MS).default(1000),
  HOST_METRICS: onOff.optional(),
  STREAM_RELATIONS: listOf('names of relations').optional(),
  ACCESS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{1,512}$/, 'up to 512 letters, digits and signs of ASCII, without spaces')
    .optional(),
  ALLOWED_ORIGINS: listOf(ORIGINS)
    .refine((origins) => origins.every((origin) => toOrigin(origin) !== undefined), {
      error: `${ORIGINS}, separated by commas`,
    })
    .transform((origins) => origins.flatMap((origin) => toOrigin(origin) ?? []))
    .optional(),
  MAX_CLIENTS: wholeNumber(1, MAX_MAX_CLIENTS).default(ACCESS_DEFAULTS.maxClients),
  MAX_CLIENTS_PER_IP: wholeNumber(0, MAX_MAX_CLIENTS).default(0),
  TRUST_PROXY: onOff.default(false),
  LOG_LEVEL: z.enum(LOG_LEVELS, `one of ${LOG_LEVELS.join(', ')}`).default('info'),
})

/** Names whose value may hold a password. */
const SECRET = new Set(['MATERIALIZE_URL', 'ACCESS_TOKEN'])

/** Reads the environment. Throws {@link SettingsError} at the first setting that cannot be used. */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): Settings {
  // An empty value is what a line without one in an .env file gives: the same as none.
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const { data, error } = settingsSchema.safeParse(given)
  if (!data) throw settingsError(error, given)
  const own = data.MATERIALIZE_URL === undefined
  return {
    materializeUrl: data.MATERIALIZE_URL,
    host: data.HOST,
    port: data.PORT,
    embedded: {
      port: data.EMBEDDED_PORT,
      dataDir: data.EMBEDDED_DATA_DIR,
      version: data.EMBEDDED_VERSION,
    },
    // Nobody's real database is written to unasked.
    sensors: data.SENSORS ?? (own ? 24 : 0),
    sensorIntervalMs: data.SENSOR_INTERVAL_MS,
    hostMetrics: data.HOST_METRICS ?? own,
    streamRelations: data.STREAM_RELATIONS,
    accessToken: data.ACCESS_TOKEN,
    allowedOrigins: data.ALLOWED_ORIGINS ?? [],
    maxClients: data.MAX_CLIENTS,
    maxClientsPerIp: data.MAX_CLIENTS_PER_IP,
    trustProxy: data.TRUST_PROXY,
    logLevel: data.LOG_LEVEL,
  }
}

function settingsError(error: z.ZodError, given: Record<string, string | undefined>): SettingsError {
  const issue = error.issues[0]
  const name = String(issue?.path[0])
  const value = SECRET.has(name) ? 'what was given' : JSON.stringify(given[name])
  return new SettingsError(`${name} cannot be ${value}: set it to ${issue?.message ?? 'another value'}`)
}

function isPostgresUrl(text: string): boolean {
  return /^postgres(ql)?:\/\//.test(text) && URL.canParse(text) && new URL(text).hostname !== ''
}

/** An origin as browsers spell it in `Origin`; undefined where it is none, or more than one. */
function toOrigin(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined
  const { origin, href } = new URL(text)
  return href === `${origin}/` ? origin : undefined
}
