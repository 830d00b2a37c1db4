import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CsvRowEnds, type RowEnds, TextRowEnds } from './row-ends.ts'

/** What the pieces of a text are cut into at the ends of rows, and the rest. */
function cut(ends: RowEnds, pieces: readonly string[]): string[] {
  const found: string[] = []
  let rest = ''
  for (const piece of pieces) {
    const end = ends.last(Buffer.from(piece))
    if (end > 0) {
      found.push(rest + piece.slice(0, end))
      rest = ''
    }
    rest += piece.slice(end)
  }
  return [...found, rest]
}

test('cuts text at newlines that no backslash stands before', () => {
  expect(cut(new TextRowEnds(), ['a\nb', 'c\\\n', 'd\\\\\ne'])).toEqual(['a\n', 'bc\\\nd\\\\\n', 'e'])
  expect(cut(new TextRowEnds(), ['a\\', '\nb', '\n'])).toEqual(['a\\\nb\n', ''])
})

test('cuts CSV at newlines that are not in quotes', () => {
  expect(cut(new CsvRowEnds('"', '"'), ['a,"x\n', 'y""\n"\nb', '\n'])).toEqual(['a,"x\ny""\n"\n', 'b\n', ''])
  expect(cut(new CsvRowEnds("'", '\\'), ["'a\\'\n", "b'\n"])).toEqual(["'a\\'\nb'\n", ''])
})

/** Rows of the characters that matter, each whole. */
const letters = (...characters: string[]) => fc.array(fc.constantFrom(...characters), { maxLength: 6 })
const textRow = letters('a', '\\\\', '\\\n', '\\n', '\t').map((parts) => `${parts.join('')}\n`)
const csvRow = letters('a', '\n', '""', ',').map((parts) => `"${parts.join('')}",b\n`)

test.each([
  ['text', textRow, () => new TextRowEnds()],
  ['CSV', csvRow, () => new CsvRowEnds('"', '"')],
] as const)('wherever %s is split on its way, no row is cut in two', (_, row, ends) => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 1 }), fc.array(fc.nat(80)), (rows, cuts) => {
      const whole = rows.join('')
      const places = [...new Set([0, ...cuts.filter((at) => at < whole.length), whole.length])].sort(
        (a, b) => a - b,
      )
      const pieces = places.slice(1).map((at, index) => whole.slice(places[index], at))
      const found = cut(ends(), pieces)
      const boundaries = new Set<number>([0])
      let length = 0
      for (const one of rows) {
        length += one.length
        boundaries.add(length)
      }
      let at = 0
      for (const part of found) {
        at += part.length
        expect(boundaries).toContain(at)
      }
      expect(found.at(-1)).toBe('')
    }),
  )
})
