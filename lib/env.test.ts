import { describe, expect, it } from 'vitest'
import { readEnv, SettingsError } from './env.ts'

function failure(source: Record<string, string>): string {
  try {
    readEnv(source)
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError)
    return (error as SettingsError).message
  }
  throw new Error('the settings were accepted')
}

describe('readEnv', () => {
  it('fills in the defaults of the demo', () => {
    expect(readEnv({})).toEqual({
      materializeUrl: undefined,
      host: '127.0.0.1',
      port: 3000,
      embedded: { port: 6875, dataDir: undefined, version: 'v0.26' },
      sensors: 24,
      sensorIntervalMs: 1000,
      hostMetrics: true,
      streamRelations: undefined,
      accessToken: undefined,
      allowedOrigins: [],
      maxClients: 20_000,
      maxClientsPerIp: 0,
      trustProxy: false,
      logLevel: 'info',
    })
  })

  it("writes nothing to somebody's database unasked", () => {
    const url = 'postgres://materialize@localhost:6875/materialize'
    expect(readEnv({ MATERIALIZE_URL: url })).toMatchObject({ sensors: 0, hostMetrics: false })
    expect(readEnv({ MATERIALIZE_URL: url, SENSORS: '5', HOST_METRICS: 'on' })).toMatchObject({
      sensors: 5,
      hostMetrics: true,
    })
  })

  it('takes an empty value for none', () => {
    expect(readEnv({ SENSORS: '', MATERIALIZE_URL: '', ACCESS_TOKEN: '', EMBEDDED_DATA_DIR: '' })).toEqual(
      readEnv({}),
    )
  })

  it('splits the allow-list', () => {
    expect(readEnv({ STREAM_RELATIONS: 'sensors_view, public.other,' }).streamRelations).toEqual([
      'sensors_view',
      'public.other',
    ])
  })

  it.each([
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '3000x'],
    ['PORT', '-1'],
    ['EMBEDDED_PORT', '1e3'],
    ['SENSORS', '10001'],
    ['SENSORS', '2.5'],
    ['SENSOR_INTERVAL_MS', '99'],
    ['HOST_METRICS', 'yes'],
    ['HOST', 'a b'],
    ['EMBEDDED_VERSION', '0.26'],
    ['EMBEDDED_VERSION', 'v0'],
    ['STREAM_RELATIONS', ' , '],
    ['ALLOWED_ORIGINS', 'any'],
    ['ALLOWED_ORIGINS', 'https://a.example/path'],
    ['ALLOWED_ORIGINS', 'https://a.example, b.example'],
    ['ALLOWED_ORIGINS', 'https://user@a.example'],
    ['MAX_CLIENTS', '0'],
    ['MAX_CLIENTS', '1000001'],
    ['MAX_CLIENTS_PER_IP', '-1'],
    ['TRUST_PROXY', 'true'],
    ['LOG_LEVEL', 'loud'],
  ])('refuses %s=%s in one line that names both', (name, value) => {
    const message = failure({ [name]: value })
    expect(message).toMatch(new RegExp(`^${name} cannot be ${JSON.stringify(value)}: set it to `))
    expect(message).not.toContain('\n')
  })

  it.each(['mysql://root:hunter2@localhost/x', 'hunter2', 'postgres://'])(
    'refuses the address %s without repeating it',
    (url) => {
      expect(failure({ MATERIALIZE_URL: url })).toBe(
        'MATERIALIZE_URL cannot be what was given: set it to an address like postgres://user:password@host:6875/materialize',
      )
    },
  )

  it.each(['hunter 2', 'hunter2\n', 'hünter2', 'x'.repeat(513)])(
    'refuses the token %j without repeating it',
    (token) => {
      const message = failure({ ACCESS_TOKEN: token })
      expect(message).toMatch(/^ACCESS_TOKEN cannot be what was given: set it to /)
      expect(message).not.toContain('nter')
    },
  )

  it('spells origins as browsers do', () => {
    expect(
      readEnv({ ALLOWED_ORIGINS: 'https://A.Example:443/, http://b.example:8080' }).allowedOrigins,
    ).toEqual(['https://a.example', 'http://b.example:8080'])
  })
})
