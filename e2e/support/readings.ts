import type { Client } from 'pg'

/** What a test says that a sensor measures. The place is somewhere in Stuttgart where none is given. */
export interface TestReading {
  readonly id: number
  readonly pm25: number | null
  readonly pm10?: number | null
  readonly latitude?: number | null
  readonly longitude?: number | null
  /** How long ago, in seconds; now where it is not given. */
  readonly ageS?: number
}

/** Who writes the readings of a test into the database, as any program would. */
export class ReadingsWriter {
  readonly #database: Pick<Client, 'query'>
  #timer: ReturnType<typeof setInterval> | undefined
  #writing: Promise<unknown> = Promise.resolve()

  constructor(database: Pick<Client, 'query'>) {
    this.#database = database
  }

  async write(readings: readonly TestReading[]): Promise<void> {
    const nowS = Date.now() / 1000
    const rows = readings.map(({ id, pm25, pm10 = 20, latitude = 48.78, longitude = 9.18, ageS = 0 }) =>
      [id, pm25, pm10, latitude, longitude, nowS - ageS].map((value) => value ?? 'NULL').join(', '),
    )
    await this.#database.query(`INSERT INTO sensors VALUES ${rows.map((row) => `(${row})`).join(', ')}`)
  }

  /** Writes the same readings every second, so that their sensors stay online, until other ones are to be kept. */
  async keep(readings: readonly TestReading[]): Promise<void> {
    await this.rest()
    await this.write(readings)
    this.#timer = setInterval(() => {
      this.#writing = this.#writing.then(() => this.write(readings))
    }, 1_000)
  }

  /** No more readings. */
  async rest(): Promise<void> {
    clearInterval(this.#timer)
    await this.#writing
  }

  /** All readings that there are, so that the next test begins with none. */
  async clear(): Promise<void> {
    await this.rest()
    await this.#database.query('DELETE FROM sensors')
  }
}
