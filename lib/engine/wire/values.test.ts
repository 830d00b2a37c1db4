import { expect, test } from 'vitest'
import { encodeRow } from './values.ts'

function binary(typeOid: number, text: string): string {
  const column = { name: 'x', typeOid, typeSize: -1, typeModifier: -1 }
  // Message type and length, number of values and length of the value come before it.
  return encodeRow([column], [text], [1]).subarray(11).toString('hex')
}

test.each([
  // As a real server sends it: four groups of four digits, the first of 10,000 to the power of three.
  [1700, '1795500265305', '000400030000000000011f13001a14b9'],
  [1700, '0', '0000000000000000'],
  [1700, '-12.5', '0002000040000001000c1388'],
  [1700, '10000', '00010001000000000001'],
  [1700, '0.0001', '0001ffff000000040001'],
  [16, 't', '01'],
  [20, '-1', 'ffffffffffffffff'],
  [23, '5', '00000005'],
  [25, 'x', '78'],
  [17, '\\x00ff', '00ff'],
  [701, '1.5', '3ff8000000000000'],
  [1082, '2024-01-01', '0000223e'],
  [1082, '1999-12-31', 'ffffffff'],
  [1184, '2024-01-01 00:00:00+00', '0002b0d5d4e94000'],
  [1114, '2000-01-01 00:00:01.5', '000000000016e360'],
  [1114, '1999-12-31 23:59:59.999999', 'ffffffffffffffff'],
  [2950, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'a0eebc999c0b4ef8bb6d6bb9bd380a11'],
])('encodes a value of type %d, %s', (typeOid, text, hex) => {
  expect(binary(typeOid, text)).toBe(hex)
})

test('refuses a type whose binary form it does not know', () => {
  expect(() => binary(1186, '1 day')).toThrow('not supported')
  expect(() => binary(1114, 'infinity')).toThrow('not supported')
})
