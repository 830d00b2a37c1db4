import { expect, test } from 'vitest'
import { textForm } from './text-forms.ts'

const [FLOAT8, NUMERIC, JSONB, INT4] = [701, 1700, 3802, 23]

test.each([
  ['1e+21', '1e+21'],
  ['1e+16', '1e+16'],
  ['1e+15', '1000000000000000'],
  ['1.5e-05', '0.000015'],
  ['1e-07', '1e-7'],
  ['-0', '-0'],
  ['NaN', 'NaN'],
  ['-Infinity', '-Infinity'],
  ['0.1', '0.1'],
  ['12345678901234567', '1.2345678901234568e+16'],
])('writes the float %s as %s', (text, form) => {
  expect(textForm(FLOAT8)?.(text)).toBe(form)
})

test.each([
  ['1.10', '1.1'],
  ['100', '100'],
  ['1.00', '1'],
  ['0.000', '0'],
  ['NaN', 'NaN'],
])('writes the numeric %s as %s', (text, form) => {
  expect(textForm(NUMERIC)?.(text)).toBe(form)
})

test.each([
  ['{"b": 1, "aa": [1.0, 2.50, {}], "a": null}', '{"a":null,"aa":[1,2.5,{}],"b":1}'],
  ['"a: b, \\"c\\" "', '"a: b, \\"c\\" "'],
  ['[]', '[]'],
  ['12345678901234567890.10', '12345678901234567890.1'],
  ['{"": {"x": [[1], "}"]}}', '{"":{"x":[[1],"}"]}}'],
])('writes the jsonb %s as %s', (text, form) => {
  expect(textForm(JSONB)?.(text)).toBe(form)
})

test('leaves other types alone', () => {
  expect(textForm(INT4)).toBeUndefined()
})
