import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatRelationName, parseRelationName } from '../materialize/relation-name.ts'
import { fromRelationSegment, toRelationName, toRelationPath } from './relation-path.ts'

const name = fc.string({ unit: 'binary', minLength: 1 })
const schema = name.filter((text) => !text.includes('.'))

test('a relation is found again by its page, whatever its name', () => {
  fc.assert(
    fc.property(schema, name, (schema, name) => {
      const path = toRelationPath(toRelationName({ schema, name }))
      const segments = new URL(path, 'http://localhost').pathname.split('/')
      expect(segments).toHaveLength(3)
      expect(parseRelationName(fromRelationSegment(segments[2] ?? ''))).toEqual({ schema, name })
    }),
  )
})

test('the short name is the one that the server uses', () => {
  for (const relation of [
    { schema: 'public', name: 'r' },
    { schema: 'public', name: 'a.b' },
    { schema: 's', name: 'r' },
  ]) {
    expect(toRelationName(relation)).toBe(formatRelationName(relation))
  }
})

test('a segment that was written by hand is taken as it is', () => {
  expect(fromRelationSegment('100%')).toBe('100%')
})
