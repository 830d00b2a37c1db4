import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { crash, freePort, isRunning, Launched, until } from './fixtures/launched.ts'

const untilGone = (pids: number[]) => until(`${pids} are gone`, () => !pids.some(isRunning))

describe('launch', { timeout: 30_000 }, () => {
  it('starts the engine, the simulator and the app, in this order, and says where each is', async () => {
    await using launched = await Launched.start()
    await launched.untilReady()
    const { out } = launched
    expect(out).toMatch(
      /The embedded engine plays Materialize v0\.26: psql postgres:\/\/materialize@127\.0\.0\.1:\d+\/materialize\n/,
    )
    expect(out).toContain(`Tailboard is ready: http://127.0.0.1:${launched.port}\n`)
    expect(['engine', 'simulator', 'app'].map((role) => out.indexOf(`${role} runs`))).toEqual(
      ['engine', 'simulator', 'app'].map((role) => out.indexOf(`${role} runs`)).sort((a, b) => a - b),
    )
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'ends everything on %s, the app first',
    async (signal) => {
      await using launched = await Launched.start()
      await launched.untilReady()
      launched.process.kill(signal)
      expect(await launched.exited).toBe(0)
      expect(launched.allPids.filter(isRunning)).toEqual([])
      const { out } = launched
      expect(out.indexOf('app was asked')).toBeLessThan(out.indexOf('engine was asked'))
      expect(out).toContain('simulator was asked to end')
    },
  )

  it.each(['app', 'engine'])('ends within 5 s when the %s does not want to', async (role) => {
    await using launched = await Launched.start({ STUBBORN: role })
    await launched.untilReady()
    const startedMs = Date.now()
    launched.process.kill('SIGINT')
    expect(await launched.exited).toBe(0)
    expect(Date.now() - startedMs).toBeLessThan(5_000)
    expect(launched.allPids.filter(isRunning)).toEqual([])
  })

  it('takes one Ctrl-C that arrives twice for one', async () => {
    await using launched = await Launched.start()
    await launched.untilReady()
    launched.process.kill('SIGINT')
    launched.process.kill('SIGINT')
    expect(await launched.exited).toBe(0)
    expect(launched.out).toContain('simulator was asked to end')
    expect(launched.allPids.filter(isRunning)).toEqual([])
  })

  it('ends at once when asked again', async () => {
    await using launched = await Launched.start({ STUBBORN: 'app' })
    await launched.untilReady()
    const startedMs = Date.now()
    launched.process.kill('SIGINT')
    await launched.untilSaid('app was asked to end')
    await until('half a second has gone', () => Date.now() - startedMs > 600)
    launched.process.kill('SIGINT')
    await launched.exited
    expect(Date.now() - startedMs).toBeLessThan(2_000)
    expect(launched.allPids.filter(isRunning)).toEqual([])
  })

  it('leaves no child behind when it is killed', async () => {
    await using launched = await Launched.start()
    await launched.untilReady()
    const pids = launched.allPids
    expect(pids.length).toBe(3)
    launched.process.kill('SIGKILL')
    await untilGone(pids)
  })

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'ends when the shell that npm started ends by %s',
    async (signal) => {
      await using launched = await Launched.start({}, { byNpm: true })
      await launched.untilReady()
      const pids = launched.allPids
      expect(pids.length).toBe(3)
      launched.process.kill(signal)
      await untilGone(pids)
      expect(launched.out).toContain('engine was asked to end')
    },
  )

  it('starts a dead engine again on the same port', async () => {
    await using launched = await Launched.start()
    await launched.untilReady()
    const port = Number(/127\.0\.0\.1:(\d+)\/materialize/.exec(launched.out)?.[1])
    const first = launched.pids('engine')[0] ?? 0
    process.kill(first, 'SIGKILL')
    await until('a second engine runs', () => launched.pids('engine').length === 2)
    await until('it is back', () => launched.errors.includes(`"port":${port},"msg":"the engine is back"`))
    expect(launched.pids('app').length).toBe(1)
  })

  it("ends with the app, and with the app's status", async () => {
    await using launched = await Launched.start()
    await launched.untilReady()
    const pids = launched.allPids
    await crash(launched.port, 7)
    expect(await launched.exited).toBe(7)
    expect(pids.filter(isRunning)).toEqual([])
  })

  it('ends with a line when the engine cannot start', async () => {
    await using launched = await Launched.start({ FAILING: 'engine' })
    expect(await launched.exited).toBe(1)
    expect(launched.errors).toContain('The embedded engine ended before it was ready\n')
    expect(launched.pids('app')).toEqual([])
    expect(launched.allPids.filter(isRunning)).toEqual([])
  })

  it('ends with the reason when the demo relations cannot be set up', async () => {
    await using launched = await Launched.start({ FAILING: 'simulator' })
    expect(await launched.exited).toBe(1)
    expect(launched.errors).toMatch(/^The database has another sensors$/m)
    expect(launched.allPids.filter(isRunning)).toEqual([])
  })

  it('starts neither engine nor simulator for a database of somebody', async () => {
    await using launched = await Launched.start({
      MATERIALIZE_URL: 'postgres://me:hunter2@db.example.com:6875/materialize',
    })
    await launched.untilReady()
    expect(launched.out).toContain('Using the Materialize at db.example.com:6875\n')
    expect(launched.pids('engine')).toEqual([])
    expect(launched.pids('simulator')).toEqual([])
    expect(launched.out + launched.errors).not.toContain('hunter2')
  })

  it('writes to a database of somebody when it is asked to', async () => {
    await using launched = await Launched.start({
      MATERIALIZE_URL: 'postgres://me:hunter2@db.example.com:6875/materialize',
      SENSORS: '3',
    })
    await launched.untilReady()
    await launched.untilSaid('simulator runs')
  })

  it('says in one line that the port is taken, and starts nothing', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as { port: number }
    await using launched = await Launched.start({ PORT: String(port) })
    expect(await launched.exited).toBe(1)
    expect(launched.errors).toBe(`Port ${port} is taken: set PORT=${port + 1} or another free one\n`)
    expect(launched.out).toBe('')
    taken.close()
  })

  it('says in one line what is wrong with a setting', async () => {
    await using launched = await Launched.start({ SENSORS: 'many' })
    expect(await launched.exited).toBe(1)
    expect(launched.errors).toBe('SENSORS cannot be "many": set it to a whole number from 0 to 10000\n')
  })

  it('says in one line which certificate file cannot be read', async () => {
    await using launched = await Launched.start({
      MATERIALIZE_URL:
        'postgres://me:hunter2@db.example.com/materialize?sslmode=verify-full&sslrootcert=no/ca.pem',
    })
    expect(await launched.exited).toBe(1)
    expect(launched.errors).toMatch(
      /^MATERIALIZE_URL names sslrootcert=no\/ca\.pem, which cannot be read from \S+\n$/,
    )
  })

  it('says in one line that an address is not of this machine', async () => {
    await using launched = await Launched.start({ HOST: '203.0.113.7', PORT: String(await freePort()) })
    expect(await launched.exited).toBe(1)
    expect(launched.errors).toBe(
      'HOST=203.0.113.7 is no address of this machine: set it to 127.0.0.1 or 0.0.0.0\n',
    )
  })
})
