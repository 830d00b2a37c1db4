import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** What a build is made from. */
const SOURCES = [
  'app',
  'components',
  'lib',
  'public',
  'next.config.js',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
]
const TEST = /\.test\.tsx?$/

/** A hash that changes with any file of which a build is made: its name or what it holds. */
export function sourceHash(root: string): string {
  const hash = createHash('sha256')
  for (const path of SOURCES.flatMap((source) => filesUnder(join(root, source))).sort()) {
    // Lengths keep one file's end from passing for another's beginning.
    const content = readFileSync(path)
    hash.update(`${relative(root, path).split(sep).join('/')}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

function filesUnder(path: string): string[] {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return []
  if (!stat.isDirectory()) return TEST.test(path) ? [] : [path]
  return readdirSync(path).flatMap((name) => filesUnder(join(path, name)))
}
