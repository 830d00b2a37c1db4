import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '../log.ts'
import { Oracle } from './oracle.ts'
import { Random } from './random.ts'
import { Reader } from './reader.ts'
import {
  createStatements,
  createView,
  DROP_VIEW,
  dropAll,
  eraOf,
  MARKER,
  RELATIONS,
  WATCHED,
} from './relations.ts'
import { differenceOf } from './rows.ts'
import type { Schedule, Step, Struck } from './schedule.ts'
import { readAsOf } from './snapshot.ts'
import { TestApp } from './test-app.ts'
import { TestEngine, urlOf } from './test-engine.ts'
import { type Modes, Wire } from './wire.ts'
import { Writer } from './writer.ts'

const WRITERS = 2
const PASS: Modes = { up: 'pass', down: 'pass' }
/** A cursor that has gone silent is given up after 10 s, a reader's connection after 7; then come their retries. */
const SETTLE_MS = 40_000
/** Who left without a word is noticed by a heartbeat at the latest. */
const EMPTY_MS = 9_000
const POLL_MS = 20

/** An engine, apps on it, readers of them and writers, the wires between, and who knows what should arrive. */
export class World {
  readonly violations: string[] = []
  readonly #schedule: Schedule
  readonly #log: Log
  readonly #random: Random
  readonly #oracle = new Oracle()
  readonly #engine: TestEngine
  /** One for each app. */
  readonly #databaseWires: Wire[] = []
  readonly #apps: TestApp[] = []
  #readerWire: Wire | undefined
  #readers: Reader[] = []
  #writers: Writer[] = []

  private constructor(schedule: Schedule, engine: TestEngine, log: Log) {
    this.#schedule = schedule
    this.#engine = engine
    this.#log = log
    this.#random = new Random(~schedule.seed)
  }

  static async start(schedule: Schedule, log: Log): Promise<World> {
    const world = new World(schedule, await TestEngine.start(schedule.version, schedule.isDurable), log)
    await world.#createRelations(false)
    for (let i = 0; i < schedule.apps; i++) {
      world.#databaseWires.push(await Wire.start(world.#engine.port))
      world.#apps.push(await world.#startApp(i))
    }
    world.#readerWire = await Wire.start(...world.#apps.map(({ port }) => port))
    world.#writers = Array.from(
      { length: WRITERS },
      () => new Writer(() => world.#engine.url, new Random(world.#random.int(0, 2 ** 31))),
    )
    world.#readers = WATCHED.map((watched, i) => world.#startReader(watched, i))
    return world
  }

  async perform(step: Step): Promise<void> {
    switch (step.kind) {
      case 'pause':
        await wait(step.ms)
        return
      case 'cut':
        this.#wire(step.wire).cut()
        return
      case 'stall':
      case 'trickle':
        await this.#during(step.wire, { up: step.kind, down: step.kind }, step.ms)
        return
      case 'half-open':
        await this.#during(step.wire, { ...PASS, [step.dead]: 'dead' }, step.ms)
        return
      case 'restart-engine':
        await this.#restartEngine(step.downMs)
        return
      case 'restart-app':
        await this.#restartApp(step)
        return
      case 'recreate':
        await this.#recreate(step)
        return
      case 'clock':
        this.#engine.stepClock(step.ms)
        return
      case 'flood':
        await this.#flood(step.ms)
        return
      case 'leave':
        for (const reader of this.#readers) if (this.#random.chance(0.5)) reader.leave(step.ms)
        return
      default:
        step satisfies never
    }
  }

  /** Waits until every reader has everything, then compares all that they ever had with what there was. */
  async settle(): Promise<void> {
    await Promise.all(this.#writers.map((writer) => writer.stop()))
    await this.#engine.run(MARKER)
    const end = this.#engine.database.now()
    await Promise.all(
      this.#readers.map((reader) => reader.reach(this.#oracle.epochOf(reader.watched), end, SETTLE_MS)),
    )
    await this.#compareWithFreshCursors()
    this.#oracle.drain(this.#engine.database)
    const observations = this.#readers.flatMap((reader) => reader.observations)
    this.#oracle.check(observations, ({ reader, epoch, timestamp, rows }, expected) => {
      const difference = typeof expected === 'string' ? expected : differenceOf(rows, expected)
      if (difference) this.violations.push(`${reader} at ${epoch}:${timestamp}: ${difference}`)
    })
  }

  /** Ends everything, and tells what would not go. */
  async close(): Promise<void> {
    await Promise.all(this.#writers.map((writer) => writer.stop()))
    await Promise.all(this.#readers.map((reader) => reader.stop()))
    // Who comes after the cut, its connection having waited to be taken, is heard to leave.
    if (this.#readerWire) this.#readerWire.modes = PASS
    this.#readerWire?.cut()
    await this.#expectSoon('readers at the apps', () => this.#apps.reduce((sum, { size }) => sum + size, 0))
    await Promise.all(this.#apps.map((app) => app.stop()))
    for (const wire of this.#databaseWires) wire.modes = PASS
    await this.#readerWire?.close()
    await Promise.all(this.#databaseWires.map((wire) => wire.close()))
    await this.#expectSoon('connections at the engine', () => this.#engine.connections)
    await this.#engine.close()
  }

  async #expectSoon(what: string, count: () => number): Promise<void> {
    const giveUpAt = Date.now() + EMPTY_MS
    while (count() > 0 && Date.now() < giveUpAt) await wait(POLL_MS)
    if (count() > 0) this.violations.push(`${count()} ${what} are left`)
  }

  async #compareWithFreshCursors(): Promise<void> {
    for (const reader of this.#readers) {
      const last = reader.observations.at(-1)
      if (!last) continue
      const expected = await readAsOf(
        this.#engine.url,
        eraOf(this.#schedule.version),
        reader.watched,
        last.timestamp,
      )
      const difference = differenceOf(last.rows, expected)
      if (difference) this.violations.push(`${last.reader}, finally, at ${last.timestamp}: ${difference}`)
    }
  }

  async #createRelations(isAltered: boolean): Promise<void> {
    await this.#engine.run(...createStatements(eraOf(this.#schedule.version), isAltered))
    await this.#oracle.watch(this.#engine.database, this.#engine.url)
  }

  #startApp(app: number): Promise<TestApp> {
    const port = this.#databaseWires[app]?.port ?? 0
    return TestApp.start(urlOf(port), this.#log, (error) =>
      this.violations.push(`app ${app} failed: ${error instanceof Error ? error.stack : error}`),
    )
  }

  #startReader(watched: (typeof WATCHED)[number], i: number): Reader {
    const isGzip = this.#random.chance(0.4)
    return new Reader({
      name: `reader ${i} of ${watched.relation}?${watched.query}${isGzip ? ' (gzip)' : ''}`,
      port: this.#readerWire?.port ?? 0,
      watched,
      isGzip,
      isSlow: i === 0 || this.#random.chance(0.3),
      random: new Random(this.#random.int(0, 2 ** 31)),
      onViolation: (what) => this.violations.push(what),
    })
  }

  #wire(wire: Struck): Wire {
    const proxy = wire === 'readers' ? this.#readerWire : this.#databaseWires[wire.app]
    if (!proxy) throw new Error(`There is no wire ${JSON.stringify(wire)}`)
    return proxy
  }

  async #during(wire: Struck, modes: Modes, ms: number): Promise<void> {
    const proxy = this.#wire(wire)
    proxy.modes = modes
    await wait(ms)
    proxy.modes = PASS
  }

  async #restartEngine(downMs: number): Promise<void> {
    this.#oracle.drain(this.#engine.database)
    await this.#engine.stop()
    await wait(downMs)
    await this.#engine.startAgain()
    if (this.#schedule.isDurable) await this.#oracle.watch(this.#engine.database, this.#engine.url)
    else await this.#createRelations(false)
    for (const wire of this.#databaseWires) wire.targets = [this.#engine.port]
  }

  async #restartApp({ app, isKilled, downMs }: Step & { kind: 'restart-app' }): Promise<void> {
    const ended = this.#apps[app]
    await (isKilled ? ended?.kill() : ended?.stop())
    await wait(downMs)
    this.#apps[app] = await this.#startApp(app)
    if (this.#readerWire) this.#readerWire.targets = this.#apps.map(({ port }) => port)
  }

  async #recreate({ what, isAltered, awayMs }: Step & { kind: 'recreate' }): Promise<void> {
    const era = eraOf(this.#schedule.version)
    if (what === 'all') {
      await this.#engine.run(...dropAll(era))
      await wait(awayMs)
      await this.#createRelations(isAltered)
      return
    }
    await this.#engine.run(DROP_VIEW)
    await wait(awayMs)
    await this.#engine.run(createView(isAltered))
    await this.#oracle.watch(
      this.#engine.database,
      this.#engine.url,
      RELATIONS.filter((name) => name === 't_some'),
    )
  }

  async #flood(ms: number): Promise<void> {
    const flood = wait(ms)
    for (const writer of this.#writers) writer.isFlooding = true
    await Promise.all(this.#apps.map((app) => app.choke(flood)))
    for (const writer of this.#writers) writer.isFlooding = false
  }
}
