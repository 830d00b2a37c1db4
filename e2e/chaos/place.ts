import { setTimeout as wait } from 'node:timers/promises'
import { descendants, isRunning } from '../support/processes.ts'
import { freePort, startTailboard, type Tailboard } from '../support/tailboard.ts'

const ORPHANS_MS = 10_000
const POLL_MS = 50

/** A Tailboard that, whatever ended it, is started anew where it was. */
export class Place {
  #tailboard: Tailboard
  readonly #env: Record<string, string>

  private constructor(tailboard: Tailboard, env: Record<string, string>) {
    this.#tailboard = tailboard
    this.#env = env
  }

  static async start(settings: Record<string, string>): Promise<Place> {
    const env = { PORT: String(await freePort()), LOG_LEVEL: 'info', ...settings }
    return new Place(await startTailboard(env), env)
  }

  get port(): number {
    return Number(this.#env.PORT)
  }

  get databaseUrl(): string {
    return this.#tailboard.databaseUrl
  }

  /** Ends the engine in a way that it cannot notice; the launcher starts it again. */
  killEngine(): void {
    this.#kill('lib/engine/main.ts')
  }

  /** Ends the app in a way that it cannot notice, and Tailboard with it, and starts that again. */
  async killApp(): Promise<void> {
    this.#kill('next')
    await this.#startAgain(() => this.#tailboard.stop())
  }

  /** Ends all of it, as Ctrl-C does or as a failing machine does, and starts it again. */
  async restart(isKilled: boolean): Promise<void> {
    await this.#startAgain(() => (isKilled ? this.#tailboard.kill() : this.#tailboard.stop()))
  }

  stop(): Promise<void> {
    return this.#tailboard.stop()
  }

  #kill(word: string): void {
    const found = descendants(this.#tailboard.pid).find(({ command }) => command.includes(word))
    try {
      if (found) process.kill(found.pid, 'SIGKILL')
    } catch (error) {
      // It has ended since the list was made.
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
    }
  }

  async #startAgain(end: () => Promise<void>): Promise<void> {
    const started = descendants(this.#tailboard.pid)
    await end()
    // What is left of it ends by itself, and until then holds the data folder.
    const giveUpAt = Date.now() + ORPHANS_MS
    while (started.some(isRunning)) {
      if (Date.now() > giveUpAt) throw new Error('Something outlived the launcher')
      await wait(POLL_MS)
    }
    this.#tailboard = await startTailboard(this.#env)
  }
}
