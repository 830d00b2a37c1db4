import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '../engine/database.ts'
import { startServer } from '../engine/server.ts'

/** An embedded engine that can be ended and started again, and whose clock can jump ahead. */
export class TestEngine {
  #server: Awaited<ReturnType<typeof startServer>> | undefined
  #aheadMs = 0
  readonly #version: string
  readonly #folder: string | undefined

  private constructor(version: string, folder: string | undefined) {
    this.#version = version
    this.#folder = folder
  }

  static async start(version: string, isDurable: boolean): Promise<TestEngine> {
    const folder = isDurable ? await mkdtemp(join(tmpdir(), 'tailboard-chaos-')) : undefined
    const engine = new TestEngine(version, folder)
    await engine.startAgain()
    return engine
  }

  get #running() {
    if (!this.#server) throw new Error('The engine does not run')
    return this.#server
  }

  get database(): Database {
    return this.#running.database
  }

  get port(): number {
    return this.#running.port
  }

  get url(): string {
    return urlOf(this.port)
  }

  get connections(): number {
    return this.#running.connections()
  }

  async run(...statements: readonly string[]): Promise<void> {
    for (const sql of statements) await this.database.run([{ sql }])
  }

  stepClock(ms: number): void {
    this.#aheadMs += ms
  }

  now(): number {
    return Date.now() + this.#aheadMs
  }

  stop(): Promise<void> {
    return this.#running.close()
  }

  /** On another port. Without a folder it is another database. */
  async startAgain(): Promise<void> {
    this.#server = await startServer({
      port: 0,
      version: this.#version,
      now: () => this.now(),
      ...(this.#folder !== undefined && { dataDir: join(this.#folder, 'data') }),
    })
  }

  async close(): Promise<void> {
    await this.stop()
    if (this.#folder) await rm(this.#folder, { recursive: true, force: true })
  }
}

export const urlOf = (port: number): string => `postgres://materialize@127.0.0.1:${port}/materialize`
