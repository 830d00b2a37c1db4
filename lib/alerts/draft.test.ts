import { describe, expect, test } from 'vitest'
import { isRule } from './decode-pages.ts'
import { errorsOf, NEW_DRAFT, toRule } from './draft.ts'
import { ruleInWords, scopeInWords } from './rule.ts'

const about = { id: 'r', sinceS: 5, selected: [3, 4] }

describe('a draft of a rule', () => {
  test('is right as it is offered', () => {
    expect(errorsOf(NEW_DRAFT)).toEqual({})
    const rule = toRule(NEW_DRAFT, about)
    expect(isRule(rule)).toBe(true)
    expect(`${ruleInWords(rule)}, ${scopeInWords(rule)}`).toBe('PM2.5 > 55 for 60 s, any sensor')
  })

  test('takes a comma for a point', () => {
    expect(toRule({ ...NEW_DRAFT, threshold: ' 12,5 ' }, about).threshold).toBe(12.5)
  })

  test.each(['', 'x', '-1', '1e9', 'NaN'])('says what a limit has to be instead of "%s"', (threshold) => {
    expect(errorsOf({ ...NEW_DRAFT, threshold }).threshold).toMatch(/from 0 to 10000/)
  })

  test.each(['', '1.5', '601', '-1'])('says what a duration has to be instead of "%s"', (forS) => {
    expect(errorsOf({ ...NEW_DRAFT, forS }).forS).toMatch(/from 0 to 600/)
  })

  test('asks for the sensor only where it is about one', () => {
    expect(errorsOf({ ...NEW_DRAFT, scope: 'one' }).sensor).toMatch(/number of a sensor/)
    expect(scopeInWords(toRule({ ...NEW_DRAFT, scope: 'one', sensor: ' 7 ' }, about))).toBe('sensor 7')
    expect(scopeInWords(toRule({ ...NEW_DRAFT, scope: 'selected' }, about))).toBe('sensors 3, 4')
  })
})
