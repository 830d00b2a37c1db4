import { expect, test } from 'vitest'
import type { Option } from '../parse/scanner.ts'
import { readWait } from './timeout.ts'

const timeout = (text: string, kind: 'string' | 'number' | 'word' = 'string'): Option[] => [
  { name: 'timeout', value: { kind, text } },
]

test('waits for the first row where no timeout is given', () => {
  expect(readWait([], 'tail')).toEqual({ kind: 'first' })
})

test.each([
  ['0s', 0],
  ['500ms', 500],
  ['1s', 1000],
  ['1 second', 1000],
  ['2 minutes', 120_000],
  ['00:00:01.5', 1500],
  ['1.5', 1500],
  ['24h', 86_400_000],
])('reads %s as %d ms', (text, ms) => {
  expect(readWait(timeout(text), 'tail')).toEqual({ kind: 'time', ms })
  expect(readWait(timeout(text), 'subscribe')).toEqual({ kind: 'time', ms })
})

test('takes a number for seconds, later on', () => {
  expect(readWait(timeout('0.5', 'number'), 'subscribe')).toEqual({ kind: 'time', ms: 500 })
})

test.each([
  ['-1s', 'timeout out of range: -00:00:01'],
  ['25h', 'timeout out of range: 25:00:00'],
  ['1 month', 'timeout out of range: 1 month'],
  ['1 day 1 second', 'timeout out of range: 1 day 00:00:01'],
])('refuses %s as the older server does', (text, message) => {
  expect(() => readWait(timeout(text), 'tail')).toThrow(message)
})

test.each([
  ['-1s', 'invalid TIMEOUT: cannot convert negative interval to duration'],
  ['25h', 'timeout out of range: 90000s'],
  ['1 month', 'invalid TIMEOUT: cannot convert interval with months to duration'],
])('refuses %s as the later server does', (text, message) => {
  expect(() => readWait(timeout(text), 'subscribe')).toThrow(message)
})

test('refuses what is no interval', () => {
  expect(() => readWait(timeout('1', 'number'), 'tail')).toThrow('expected Interval')
  expect(() => readWait([{ name: 'timeout', value: undefined }], 'tail')).toThrow('expected Interval')
  expect(() => readWait([{ name: 'foo', value: undefined }], 'tail')).toThrow('unexpected options')
  expect(() => readWait(timeout('null', 'word'), 'subscribe')).toThrow('cannot use value as interval')
})
