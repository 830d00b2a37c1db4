import { expect, test } from 'vitest'
import { jsonError } from './json-words.ts'

test.each([
  ['{', 'EOF while parsing an object at line 1 column 1'],
  ['{bad', 'key must be a string at line 1 column 2'],
  ['[1,', 'EOF while parsing a list at line 1 column 3'],
  ['{"a":', 'EOF while parsing a value at line 1 column 5'],
  ['x', 'expected value at line 1 column 1'],
  ['', 'EOF while parsing a value at line 1 column 0'],
])('tells why %j is no JSON', (text, why) => {
  expect(jsonError(`JSON data, line 1: ${text}`)).toBe(
    `invalid input syntax for type jsonb: ${why}: "${text}"`,
  )
})
