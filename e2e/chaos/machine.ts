import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../support/tailboard.ts'
import { Place } from './place.ts'

/** Two apps on one engine: a whole Tailboard, and one that was given the address of the other's database. */
export class Machine {
  readonly whole: Place
  readonly beside: Place
  readonly #folder: string

  private constructor(whole: Place, beside: Place, folder: string) {
    this.whole = whole
    this.beside = beside
    this.#folder = folder
  }

  static async start(version: string): Promise<Machine> {
    const folder = await mkdtemp(join(tmpdir(), 'tailboard-chaos-'))
    const whole = await Place.start({
      EMBEDDED_PORT: String(await freePort()),
      EMBEDDED_VERSION: version,
      EMBEDDED_DATA_DIR: join(folder, 'data'),
      SENSORS: '5',
      HOST_METRICS: 'off',
    })
    const beside = await Place.start({ MATERIALIZE_URL: whole.databaseUrl })
    return new Machine(whole, beside, folder)
  }

  async close(): Promise<void> {
    await this.beside.stop()
    await this.whole.stop()
    await rm(this.#folder, { recursive: true, force: true })
  }
}
