import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shellQuote, toCurlLine } from './curl-line.ts'

const shell = (script: string): string => execFileSync('sh', ['-c', script], { encoding: 'utf8' })

test('a shell takes a quoted text for one word and gives it back as it was', () => {
  const texts = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'))
  fc.assert(
    fc.property(fc.array(texts, { minLength: 1, maxLength: 4 }), (words) => {
      expect(shell(`printf '%s\\0' ${words.map(shellQuote).join(' ')}`)).toBe(
        words.map((word) => `${word}\0`).join(''),
      )
    }),
    { numRuns: 60 },
  )
})

test('the line asks for the same relation, columns and rows', () => {
  const query = {
    relation: `it's "a" $(rm) \`b\`; / é`,
    columns: ['a,b', 'c'],
    filters: [['name', "eq.O'Neil & sons"]],
  } as const
  const line = toCurlLine('https://example.org:8443', query)
  const words = shell(line.replace('curl', `printf '%s\\n'`)).trim().split('\n')
  expect(words[0]).toBe('-N')
  const url = new URL(words[1] ?? '')
  expect(url.origin).toBe('https://example.org:8443')
  expect(url.searchParams.get('relation')).toBe(query.relation)
  expect(url.searchParams.get('columns')).toBe('"a,b",c')
  expect(url.searchParams.get('name')).toBe("eq.O'Neil & sons")
})
