import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvParts } from './csv.ts'

const fileOf = (columns: readonly string[], rows: readonly (readonly unknown[])[]) =>
  [...csvParts(columns, rows)].join('')

describe('a file of comma-separated values', () => {
  test('has a line of names and one for each row, ended as the RFC says', () => {
    expect(
      fileOf(
        ['id', 'pm25'],
        [
          [1, 12.5],
          [2, null],
          ['', true],
        ],
      ),
    ).toBe('id,pm25\r\n1,12.5\r\n2,\r\n"",true\r\n')
  })

  test('quotes what would break it', () => {
    expect(fileOf(['a'], [['x,y'], ['say "hi"'], ['two\nlines']])).toBe(
      'a\r\n"x,y"\r\n"say ""hi"""\r\n"two\nlines"\r\n',
    )
  })

  test('writes what is inside a row as JSON', () => {
    expect(fileOf(['a'], [[{ x: [1, 2] }], [true]])).toBe('a\r\n"{""x"":[1,2]}"\r\ntrue\r\n')
  })

  test.each(['=1+1', '+cmd|x', '-2+3', '@SUM(A1)', '\tx'])('keeps %j from being run', (text) => {
    expect(fileOf(['a'], [[text]])).toContain(`'${text}`)
  })

  test.each(['-5', '+1.5', '-12345678901234567890', '-1.5e-7'])('leaves the number %s as it is', (text) => {
    expect(fileOf(['a'], [[text]])).toBe(`a\r\n${text}\r\n`)
    expect(fileOf(['a'], [[Number(text)]])).not.toContain("'")
  })

  test('reads back as it was written, however the texts look', () => {
    const harmless = fc.string({ unit: 'binary' }).filter((text) => !/^[=+\-@\t\r\n]/.test(text))
    fc.assert(
      fc.property(fc.array(fc.array(harmless, { minLength: 2, maxLength: 2 })), (rows) => {
        expect(parse(fileOf(['a', 'b'], rows))).toEqual([['a', 'b'], ...rows])
      }),
    )
  })

  test('of many rows comes in parts that are together whole', () => {
    const rows = Array.from({ length: 2_500 }, (_, index) => [index])
    const parts = [...csvParts(['n'], rows)]
    expect(parts.length).toBe(3)
    expect(parse(parts.join(''))).toHaveLength(2_501)
  })
})

/** Reads a file as RFC 4180 says, character by character. */
function parse(file: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  for (let at = 0; at < file.length; at += 1) {
    const character = file[at] ?? ''
    if (quoted) {
      if (character !== '"') cell += character
      else if (file[at + 1] === '"') {
        cell += '"'
        at += 1
      } else quoted = false
    } else if (character === '"') quoted = true
    else if (character === ',') {
      row.push(cell)
      cell = ''
    } else if (character === '\r' && file[at + 1] === '\n') {
      rows.push([...row, cell])
      row = []
      cell = ''
      at += 1
    } else cell += character
  }
  return rows
}
