import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sleep } from '../sleep.ts'
import type { Children, Command } from './children.ts'
import { sourceHash } from './sources.ts'

/** The app could not be built. The message holds what the build said. */
export class BuildError extends Error {
  override readonly name = 'BuildError'
}

const LOOK_EVERY_MS = 250

export interface BuildOptions {
  /** The project's directory. */
  readonly root: string
  readonly children: Children
  readonly command: Command
  readonly say: (line: string) => void
}

/** Builds the app unless the last build was made from the same sources. Throws {@link BuildError}. */
export async function ensureBuilt(options: BuildOptions, signal: AbortSignal): Promise<void> {
  const { root, say } = options
  const hash = sourceHash(root)
  if (isBuilt(root, hash)) return
  const unlock = await lock(root, say, signal)
  try {
    // Another launcher may have built it meanwhile.
    if (signal.aborted || isBuilt(root, hash)) return
    await build(options, hash, signal)
  } finally {
    unlock()
  }
}

async function build(options: BuildOptions, hash: string, signal: AbortSignal): Promise<void> {
  const { root, children, command, say } = options
  say('Building the app, as its sources are new: this takes half a minute or so ...')
  const startedMs = Date.now()
  rmSync(hashFile(root), { force: true })
  const child = children.start(command)
  const { code } = await child.exited
  if (signal.aborted) return
  if (code !== 0) throw new BuildError(`The app could not be built:\n${child.output()}`)
  writeFileSync(hashFile(root), hash)
  say(`Built in ${Math.round((Date.now() - startedMs) / 1000)} s`)
}

const hashFile = (root: string): string => join(root, '.next/tailboard-build-hash')

/** Both are written last: the id by the build itself, the hash by us. */
function isBuilt(root: string, hash: string): boolean {
  return (
    existsSync(join(root, '.next/BUILD_ID')) &&
    existsSync(hashFile(root)) &&
    readFileSync(hashFile(root), 'utf8') === hash
  )
}

/** One build at a time, whoever asks: two would write into each other's files. Gives the way to unlock. */
async function lock(root: string, say: (line: string) => void, signal: AbortSignal): Promise<() => void> {
  // A build empties its directory, but for the cache.
  const cache = join(root, '.next/cache')
  const file = join(cache, 'tailboard-building')
  mkdirSync(cache, { recursive: true })
  for (let looks = 0; !signal.aborted; looks++) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' })
      return () => rmSync(file, { force: true })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
    if (!isRunning(readPid(file))) rmSync(file, { force: true })
    else {
      if (looks === 0) say('Waiting for another launcher that builds the app ...')
      await sleep(LOOK_EVERY_MS, signal)
    }
  }
  return () => {}
}

function readPid(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8'))
  } catch {
    return 0
  }
}

function isRunning(pid: number): boolean {
  if (!(pid > 0)) return false
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
