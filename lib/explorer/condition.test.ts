import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readStreamRequest } from '../api/stream-request.ts'
import { toSearch } from '../client/stream-query.ts'
import { parseFilter } from '../shape/filter.ts'
import {
  type Condition,
  canFilter,
  conditionInWords,
  formatConditions,
  OPERATORS,
  operatorsFor,
  parseConditions,
  toFilter,
  whyUnfit,
} from './condition.ts'

const text = fc.string({ unit: 'binary' })
const conditions = fc.array(
  fc.record({
    column: text.filter(canFilter),
    operator: fc.constantFrom(...OPERATORS),
    isNegated: fc.boolean(),
    value: text,
  }),
  { maxLength: 5 },
)

describe('conditions', () => {
  test('read back from an address as they were written into it', () => {
    fc.assert(
      fc.property(conditions, (wanted) => {
        expect(parseConditions(formatConditions(wanted))).toEqual(wanted)
      }),
    )
  })

  test('reach the server as they are, whatever characters are in them', () => {
    fc.assert(
      fc.property(conditions, (wanted) => {
        const search = toSearch({ relation: 'r', filters: wanted.map(toFilter) })
        const asked = readStreamRequest(new Request(`http://localhost/api/stream?${search}`))
        if (Array.isArray(asked)) throw new Error('refused')
        const sorted = (filters: readonly (readonly string[])[]) =>
          filters.map((one) => JSON.stringify(one)).sort()
        expect(sorted(asked.shape.filters)).toEqual(sorted(wanted.map(toFilter)))
      }),
    )
  })

  test('are called unfit where the server would refuse them, and only there', () => {
    const number = { name: 'v', type: 'double precision' }
    const cases: readonly (readonly [Condition['operator'], string])[] = [
      ['gte', '35.5'],
      ['gte', 'x'],
      ['eq', ''],
      ['is', 'null'],
      ['is', 'true'],
      ['is', 'nothing'],
      ['lt', '-1e3'],
      ['eq', 'NaN'],
    ]
    for (const [operator, value] of cases) {
      const condition = { column: 'v', operator, isNegated: false, value }
      const refused = 'message' in parseFilter(number, toFilter(condition)[1])
      expect([operator, value, whyUnfit(condition, number) !== undefined]).toEqual([operator, value, refused])
    }
  })

  test('offer no order where values have none', () => {
    expect(operatorsFor({ name: 'j', type: 'jsonb' })).not.toContain('gt')
    expect(operatorsFor({ name: 'n', type: 'integer' })).toContain('gt')
  })

  test('are said in words', () => {
    const condition = { column: 'pm25', operator: 'gte', isNegated: false, value: '35.5' } as const
    expect(conditionInWords(condition)).toBe('pm25 is at least 35.5')
    expect(conditionInWords({ ...condition, operator: 'in', isNegated: true, value: '1,2' })).toBe(
      'pm25 is none of 1,2',
    )
  })
})

test('a column that is called like a parameter cannot be filtered', () => {
  expect(canFilter('columns')).toBe(false)
  expect(canFilter('column')).toBe(true)
})
