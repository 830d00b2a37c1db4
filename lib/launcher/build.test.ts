import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BuildError, ensureBuilt } from './build.ts'
import { Children } from './children.ts'
import { isRunning } from './fixtures/launched.ts'
import { sourceHash } from './sources.ts'

/** A build that counts how often it ran, and is as slow as it is told to be. */
const BUILD = `
const { appendFileSync, mkdirSync, rmSync, readdirSync, writeFileSync } = require('node:fs')
for (const name of readdirSync('.next')) if (name !== 'cache') rmSync('.next/' + name, { recursive: true })
appendFileSync('builds', 'x')
if (process.env.BROKEN) {
  console.log('app/page.tsx does not compile')
  process.exit(1)
}
setTimeout(() => writeFileSync('.next/BUILD_ID', 'x'), Number(process.env.SLOW ?? 0))
`

let root: string
const said: string[] = []

function write(path: string, text: string): void {
  mkdirSync(join(root, path, '..'), { recursive: true })
  writeFileSync(join(root, path), text)
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tailboard-build-'))
  said.length = 0
  write('app/page.tsx', 'page')
  write('lib/env.ts', 'env')
  write('package.json', '{}')
  write('build.cjs', BUILD)
})

afterEach(() => rmSync(root, { recursive: true, force: true }))

function ensure(env: Record<string, string> = {}, signal = new AbortController().signal): Promise<void> {
  const command = {
    name: 'build',
    args: ['build.cjs'],
    cwd: root,
    env: { ...process.env, ...env },
    output: 'capture',
  } as const
  return ensureBuilt({ root, children: new Children(), command, say: (line) => said.push(line) }, signal)
}

const builds = (): number =>
  existsSync(join(root, 'builds')) ? readFileSync(join(root, 'builds'), 'utf8').length : 0

describe('ensureBuilt', () => {
  it('builds once, and again only after a source has changed', async () => {
    await ensure()
    await ensure()
    expect(builds()).toBe(1)
    expect(said).toEqual([
      'Building the app, as its sources are new: this takes half a minute or so ...',
      expect.stringMatching(/^Built in \d+ s$/),
    ])
    write('lib/env.ts', 'changed')
    await ensure()
    expect(builds()).toBe(2)
  })

  it('builds again when the output is not complete', async () => {
    await ensure()
    rmSync(join(root, '.next/BUILD_ID'))
    await ensure()
    expect(builds()).toBe(2)
  })

  it('says what the build said when it fails, and does not take the rest for a build', async () => {
    await expect(ensure({ BROKEN: '1' })).rejects.toThrow(
      new BuildError('The app could not be built:\napp/page.tsx does not compile\n'),
    )
    await ensure()
    expect(builds()).toBe(2)
  })

  it('builds once for two who ask at the same time', async () => {
    await Promise.all([ensure({ SLOW: '300' }), ensure({ SLOW: '300' })])
    expect(builds()).toBe(1)
    expect(said).toContain('Waiting for another launcher that builds the app ...')
  })

  it('does not wait for a launcher that is no more', async () => {
    let gone = 2 ** 22 - 7
    while (isRunning(gone)) gone--
    write('.next/cache/tailboard-building', String(gone))
    await ensure()
    expect(builds()).toBe(1)
  })

  it('stops waiting when the launcher is told to end', async () => {
    write('.next/cache/tailboard-building', String(process.pid))
    const ending = new AbortController()
    const waiting = ensure({}, ending.signal)
    ending.abort()
    await waiting
    expect(builds()).toBe(0)
    expect(existsSync(join(root, '.next/cache/tailboard-building'))).toBe(true)
  })
})

describe('sourceHash', () => {
  it('changes with names and contents, and not with tests or what is built', () => {
    const before = sourceHash(root)
    write('lib/env.test.ts', 'a test')
    write('.next/BUILD_ID', 'x')
    write('e2e/live.spec.ts', 'x')
    expect(sourceHash(root)).toBe(before)

    const hashes = new Set([before])
    write('components/card.tsx', '')
    hashes.add(sourceHash(root))
    write('app/page.tsx', 'pag')
    write('app/page.tsxe', '')
    hashes.add(sourceHash(root))
    rmSync(join(root, 'package.json'))
    hashes.add(sourceHash(root))
    expect(hashes.size).toBe(4)
  })
})
