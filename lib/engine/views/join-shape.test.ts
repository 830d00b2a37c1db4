import { loadModule } from 'pgsql-parser'
import { beforeAll, expect, test } from 'vitest'
import { fromItem, joinShape } from './join-shape.ts'
import { conjuncts, formatExpression, type Node, parseSelect } from './syntax.ts'

beforeAll(() => loadModule())

/** What becomes of each condition of `SELECT FROM ...`, in words. */
function shapeOf(from: string): string | undefined {
  const select = parseSelect(`SELECT FROM ${from}`)
  const item = fromItem(select)
  const shape = item && joinShape(item, conjuncts(select.whereClause))
  if (!shape) return undefined
  const list = (name: string, conditions: readonly Node[]) =>
    conditions.length > 0 ? [`${name} ${conditions.map((each) => formatExpression(each)).join(', ')}`] : []
  return [
    ...shape.keys.map(({ left, right }) => `${formatExpression(left)} ~ ${formatExpression(right)}`),
    ...list('left:', shape.beneath.left),
    ...list('right:', shape.beneath.right),
    ...list('rest:', shape.rest),
  ].join('; ')
}

test.each([
  ['a, b', ''],
  ['a, b WHERE b.x + 1 = a.x AND a.y > 1 AND b.z = 2', 'a.x ~ b.x + 1; left: a.y > 1; right: b.z = 2'],
  ['a JOIN b ON a.x = b.x AND a.y < b.y WHERE a.z + b.z > 0', 'a.x ~ b.x; rest: a.y < b.y, (a.z + b.z) > 0'],
  ['a JOIN b USING (x, y)', 'a.x ~ b.x; a.y ~ b.y'],
  ['a LEFT JOIN b ON a.x = b.x AND b.y > 1 WHERE a.z > 1', 'a.x ~ b.x; left: a.z > 1; right: b.y > 1'],
])('%s is joined by its keys, with what concerns one side beneath', (from, shape) => {
  expect(shapeOf(from)).toBe(shape)
})

test.each([
  ['a LEFT JOIN b ON a.x = b.x WHERE b.y IS NULL', 'a.x ~ b.x; rest: b.y IS NULL'],
  ['a RIGHT JOIN b ON a.x = b.x WHERE a.x = b.x', 'a.x ~ b.x; rest: a.x = b.x'],
  ['a FULL JOIN b ON a.x = b.x WHERE a.y = 1 AND b.y = 1', 'a.x ~ b.x; rest: a.y = 1, b.y = 1'],
])('%s asks about rows without a partner after the join', (from, shape) => {
  expect(shapeOf(from)).toBe(shape)
})

test.each([
  'a LEFT JOIN b ON a.x = b.x AND a.y > 1',
  'a FULL JOIN b ON a.x = b.x AND b.y > 1',
  'a LEFT JOIN b ON a.x < b.x',
  'a LEFT JOIN b ON true',
  'a JOIN b ON a.x = x',
  'a JOIN b ON a.x = (SELECT max(x) FROM c)',
  '(a JOIN b ON a.x = b.x) JOIN c USING (x)',
])('%s is not one that keys tell', (from) => {
  expect(shapeOf(from)).toBeUndefined()
})
