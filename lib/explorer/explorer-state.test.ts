import { describe, expect, test } from 'vitest'
import type { Connection, Trouble } from '../client/connection.ts'
import { explorerState, refusalOf } from './explorer-state.ts'

const broken = (trouble: Trouble): Connection => ({ state: 'reconnecting', since: 0, attempt: 1, trouble })

describe('what is shown of a relation', () => {
  test.each([
    ['missing', 'missing'],
    ['gone', 'dropped'],
    ['forbidden', 'forbidden'],
    ['large', 'large'],
    ['unfit', 'unfit'],
    ['refused', 'away'],
    ['cut', 'away'],
  ] as const)('that has no rows yet and is refused as %s: %s', (trouble, state) => {
    expect(explorerState(broken(trouble), undefined, false)).toBe(state)
  })

  test('that has been there: its rows, whatever happens to the stream', () => {
    expect(explorerState(broken('gone'), 3, false)).toBe('rows')
    expect(explorerState(broken('gone'), 0, false)).toBe('empty')
    expect(refusalOf(broken('gone'))).toBe('dropped')
    expect(refusalOf(broken('cut'))).toBeUndefined()
  })

  test('before anything has come: that it is waited for', () => {
    expect(explorerState({ state: 'connecting', since: 0 }, undefined, false)).toBe('waiting')
    expect(explorerState({ state: 'connecting', since: 0, trouble: 'database' }, undefined, false)).toBe(
      'waiting',
    )
    expect(explorerState({ state: 'live', since: 0 }, undefined, true)).toBe('waiting')
  })
})
