import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { PGlite } from '@electric-sql/pglite'
import { Backend } from './backend.ts'
import { bootstrapSql } from './catalog-sql.ts'
import { Lock } from './lock.ts'
import type { Version } from './version.ts'

/** The data folder, or what lies there, cannot be used; nothing was changed. */
export class StorageError extends Error {
  override readonly name = 'StorageError'
}

/** An engine that was just told to end, or killed, holds its folder for a moment longer. */
const LOCK_PATIENCE_MS = 3_000
const LOCK_LOOK_MS = 100

async function takeLock(folder: string): Promise<Lock> {
  const giveUpAt = Date.now() + LOCK_PATIENCE_MS
  for (;;) {
    const lock = await Lock.take(`${folder}.lock`)
    if (lock) return lock
    if (Date.now() >= giveUpAt) throw new StorageError(`another engine has the data folder ${folder} open`)
    await setTimeout(LOCK_LOOK_MS)
  }
}

/** An open PGlite with our schema in it. */
export interface Storage {
  readonly backend: Backend
  /** Whether it is on disk. */
  readonly durable: boolean
  close(): Promise<void>
}

/**
 * Durability is against a killed process, not a power cut: PGlite runs without fsync. Nobody but us ever asks for a
 * checkpoint, so a small limit keeps the log short once we do. Views are kept in temporary tables: 10,000 rows that
 * change once a second do not fit into the 8 MB that these have otherwise (deleting 1,000: 11 ms instead of 4).
 */
const START_PARAMETERS = [
  'shared_buffers=32MB',
  'max_wal_size=64MB',
  'min_wal_size=32MB',
  'temp_buffers=64MB',
  'jit=off',
].flatMap((setting) => ['-c', setting])

export async function openStorage(dataDir: string | undefined, version: Version): Promise<Storage> {
  if (dataDir === undefined) {
    const { tar, made } = await template(version.era)
    const pglite = made ?? (await openPGlite({ loadDataDir: tar }))
    return { backend: new Backend(pglite), durable: false, close: () => pglite.close() }
  }
  const folder = resolve(dataDir)
  await mkdir(dirname(folder), { recursive: true })
  const lock = await takeLock(folder)
  try {
    if (await isEmpty(folder)) await createFolder(folder, version.era)
    if (!existsSync(join(folder, 'PG_VERSION'))) {
      throw new StorageError(`${folder} is neither empty nor a data folder of this engine`)
    }
    const pglite = await openPGlite({ dataDir: folder })
    const close = async () => {
      await pglite.close()
      await lock.release()
    }
    const backend = new Backend(pglite)
    try {
      checkEra(backend, folder, version.era)
    } catch (error) {
      await close()
      throw error
    }
    return { backend, durable: true, close }
  } catch (error) {
    await lock.release()
    throw error
  }
}

const openPGlite = (options: { dataDir?: string; loadDataDir?: Blob }): Promise<PGlite> =>
  PGlite.create({ ...options, startParams: [...PGlite.defaultStartParams, ...START_PARAMETERS] })

async function isEmpty(folder: string): Promise<boolean> {
  return !existsSync(folder) || (await readdir(folder)).length === 0
}

/** Made beside its place and renamed, so that a folder that is there is whole. */
async function createFolder(folder: string, era: Version['era']): Promise<void> {
  const making = `${folder}.new-${process.pid}`
  await rm(making, { recursive: true, force: true })
  const { tar, made } = await template(era)
  await made?.close()
  const pglite = await openPGlite({ dataDir: making, loadDataDir: tar })
  await pglite.close()
  await rm(folder, { recursive: true, force: true })
  await rename(making, folder)
}

function checkEra(backend: Backend, folder: string, era: Version['era']): void {
  const [kept] = backend.query(`SELECT to_regclass('mz_engine.state')`)[0] ?? []
  if (!kept) throw new StorageError(`${folder} is not a data folder of this engine`)
  const [found] = backend.query('SELECT era FROM mz_engine.state')[0] ?? []
  if (found !== era) {
    const word = (name: string) => (name === 'tail' ? 'v0.26 or older' : 'v0.27 or later')
    throw new StorageError(
      `${folder} holds the data of a Materialize ${word(String(found))}, not ${word(era)}`,
    )
  }
}

/**
 * A bootstrapped database as a tar. initdb costs 3.4 s on 2 cores, loading this 0.7 s (compressed, a tenth of its
 * 40 MB, 1.9 s), so it is made once per machine and kept among the caches of node_modules.
 */
async function template(era: Version['era']): Promise<Template> {
  const file = await templateFile(era)
  const kept = await readFile(file).catch(() => undefined)
  if (kept) return { tar: new Blob([kept]), made: undefined }
  const made = await openPGlite({})
  new Backend(made).query(`${bootstrapSql(era)} CHECKPOINT;`)
  const tar = await made.dumpDataDir('none')
  await keepTemplate(file, tar)
  return { tar, made }
}

interface Template {
  readonly tar: Blob
  /** Where it had to be made: the database itself, open. */
  readonly made: PGlite | undefined
}

/** Where it is kept. */
export async function templateFile(era: Version['era']): Promise<string> {
  const manifest = join(
    dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite')),
    '../package.json',
  )
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string }
  const hash = createHash('sha256').update(version).update(bootstrapSql(era)).digest('hex').slice(0, 16)
  return join(import.meta.dirname, '../../node_modules/.cache/tailboard', `engine-${hash}.tar`)
}

/** Written beside and renamed: several engines may start at once. A cache that cannot be written costs only time. */
async function keepTemplate(file: string, made: Blob): Promise<void> {
  const making = `${file}.${randomUUID()}`
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(making, new Uint8Array(await made.arrayBuffer()))
    await rename(making, file)
  } catch {
    await rm(making, { force: true })
  }
}
