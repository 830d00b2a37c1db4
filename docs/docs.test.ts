import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { settingsSchema } from '../lib/env.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const PAGES = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

/** What whoever follows a page makes himself. */
const MADE = new Set(['deploy/tailboard.env'])

/** A heading as GitHub makes an anchor of it. */
const toAnchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')

const anchorsOf = (page: string): string[] =>
  [...page.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    toAnchor(heading),
  )

describe.each(PAGES)('%s', (path) => {
  const page = read(path)

  test('links to what is there', () => {
    const links = [...page.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link)
    for (const link of links.filter((one) => !/^[a-z]+:/.test(one))) {
      const [file = '', anchor] = link.split('#')
      const target = file === '' ? path : join(dirname(path), file)
      expect(existsSync(join(ROOT, target)), link).toBe(true)
      if (anchor !== undefined) expect(anchorsOf(read(target)), link).toContain(anchor)
    }
  })

  test('names files that are there', () => {
    const names = page.matchAll(
      /(?<![\w./-])(?:\.\/)?((?:app|bench|components|deploy|docs|e2e|examples|lib)\/[\w./[\]-]*\w)/g,
    )
    for (const [, name = ''] of names) {
      if (MADE.has(name)) continue
      // A module may go by its name alone.
      const isThere = [name, `${name}.ts`].some((file) => existsSync(join(ROOT, file)))
      expect(isThere, name).toBe(true)
    }
  })

  test('names commands that are there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    for (const [, name = ''] of page.matchAll(/npm run ([\w:]+)/g)) expect(scripts).toHaveProperty([name])
  })
})

describe('settings', () => {
  const names = Object.keys(settingsSchema.shape).sort()
  const defaults = new Map(
    Object.entries(settingsSchema.parse({})).map(([name, value]) => [
      name,
      typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value),
    ]),
  )

  test('are all in the table, with the defaults that they have', () => {
    const rows = [...read('docs/settings.md').matchAll(/^\| `([A-Z_]+)` \| ([^|]+) \|/gm)]
    expect(rows.map(([, name]) => name).sort()).toEqual(names)
    for (const [, name = '', said = ''] of rows) {
      const value = defaults.get(name)
      if (value !== undefined) expect(said, name).toBe(`\`${value}\``)
    }
  })

  test('are all in .env.example, with the defaults that they have', () => {
    const lines = [...read('.env.example').matchAll(/^#([A-Z_]+)=(.*)$/gm)]
    expect(lines.map(([, name]) => name).sort()).toEqual(names)
    for (const [, name = '', said = ''] of lines) {
      if (defaults.has(name)) expect(said, name).toBe(defaults.get(name))
    }
  })
})
