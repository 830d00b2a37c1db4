import { describe, expect, test } from 'vitest'
import { cellText, formatBytes, fullText, isCut, MAX_CELL_TEXT, prettyJson } from './cell-text.ts'

describe('a cell', () => {
  test('shows a number with all its digits, and null as null', () => {
    expect(cellText('9223372036854775807')).toBe('9223372036854775807')
    expect(cellText(0.1)).toBe('0.1')
    expect(cellText(null)).toBe('null')
    expect(cellText(123456789012345)).toBe('123456789012345')
    expect(cellText(false)).toBe('false')
  })

  test('shows a float without the end of a long tail, and all of it on demand', () => {
    expect(cellText(10.333333333333334)).toBe('10.33333333')
    expect(cellText(1e-300 / 3)).toBe('3.333333333e-301')
    expect(cellText(48.7754321)).toBe('48.7754321')
    expect(fullText(10.333333333333334)).toBe('10.333333333333334')
    expect(fullText(null)).toBe('null')
  })

  test('shows the beginning of a long text in one line, and all of it on demand', () => {
    const long = `a\n${'b'.repeat(1_000_000)}`
    expect(cellText(long).length).toBeLessThanOrEqual(MAX_CELL_TEXT + 1)
    expect(cellText(long)).toMatch(/^a b/)
    expect(isCut(long)).toBe(true)
    expect(fullText(long)).toBe(long)
    expect(isCut('short')).toBe(false)
  })

  test('shows JSON in one line, and laid out on demand', () => {
    expect(cellText({ a: [1, null] })).toBe('{"a":[1,null]}')
    expect(isCut([])).toBe(true)
    expect(fullText({ a: 1 })).toBe('{\n  "a": 1\n}')
    expect(prettyJson('{"a":1}')).toBe('{\n  "a": 1\n}')
    expect(prettyJson('{"a":')).toBe('{"a":')
  })
})

test('sizes are said in the unit that fits', () => {
  expect([0, 999, 1_000, 123_456, 999_950].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '123 kB',
    '1.0 MB',
  ])
})
