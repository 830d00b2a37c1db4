import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'

/** A file that says which process owns something; the file of a process that is gone is taken over. */
export class Lock {
  readonly #file: string

  private constructor(file: string) {
    this.#file = file
  }

  /** Undefined where a living process holds it. */
  static async take(file: string): Promise<Lock | undefined> {
    const own = `${file}.${process.pid}`
    await writeFile(own, JSON.stringify({ pid: process.pid, started: await startTime(process.pid) }))
    try {
      for (;;) {
        // A link appears whole or not at all, and only where nothing is.
        if (await succeeds(link(own, file))) return new Lock(file)
        if (await isHeld(file)) return undefined
        await moveAway(file)
      }
    } finally {
      await rm(own, { force: true })
    }
  }

  async release(): Promise<void> {
    await rm(this.#file, { force: true })
  }
}

/** Takes a stale lock out of the way; one that another process took meanwhile is put back. */
async function moveAway(file: string): Promise<void> {
  const aside = `${file}.stale-${process.pid}`
  if (!(await succeeds(rename(file, aside)))) return
  if (await isHeld(aside)) await succeeds(link(aside, file))
  await rm(aside, { force: true })
}

async function isHeld(file: string): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return false
  const { pid, started } = JSON.parse(text) as { pid: number; started: string | undefined }
  return isAlive(pid) && (await startTime(pid)) === started
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Tells a process from a later one of the same number; undefined where there is no /proc. */
async function startTime(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  return stat?.slice(stat.lastIndexOf(')')).split(' ')[20]
}

const succeeds = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  )
