import { type Dirent, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Version } from '../version.ts'
import type { Case } from './script.ts'

/** A file of scripts, and the era whose answers it holds. */
export interface CaseFile {
  readonly era: Version['era']
  readonly name: string
  readonly cases: readonly Case[]
}

/** The cases of a `.jsonl` file, one a line. Lines that are no script (what a client library made of one) are left out. */
export const readCases = (file: string | URL): Case[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line): Case => JSON.parse(line))
    .filter(({ steps }) => Array.isArray(steps))

/**
 * The files in the folders of a folder, each of which is named by its era (`tail`, `subscribe`) or by the version that
 * answered (`v0.25`, `v26`). Cases that need another program than a client are left out.
 */
export function readFolder(folder: string): CaseFile[] {
  const files: CaseFile[] = []
  for (const inner of entries(folder)) {
    const era = eraOf(inner.name)
    if (!inner.isDirectory() || !era) continue
    for (const { name } of entries(join(folder, inner.name))) {
      if (!name.endsWith('.jsonl')) continue
      const cases = readCases(join(folder, inner.name, name)).filter(
        ({ steps }) => !steps.some((step) => 'shell' in step),
      )
      if (cases.length > 0) files.push({ era, name: name.replace('.jsonl', ''), cases })
    }
  }
  return files
}

const entries = (folder: string): Dirent[] =>
  readdirSync(folder, { withFileTypes: true }).sort((left, right) => (left.name < right.name ? -1 : 1))

function eraOf(folder: string): Version['era'] | undefined {
  if (folder === 'tail' || folder === 'subscribe') return folder
  if (!/^v\d/.test(folder)) return undefined
  return folder.startsWith('v0.') ? 'tail' : 'subscribe'
}
