import { quoteName as quote } from '../backend.ts'
import { call, type Node, parseExpression, target } from './syntax.ts'

/** A part of what the rows of one group have in common. */
export interface Key {
  readonly expression: Node
  readonly typeOid: number
}

/** Types whose equal values also look alike, or can be made to. */
const KEY_FORMS: Readonly<Record<number, (key: Node) => Node>> = {
  ...Object.fromEntries(
    [16, 17, 20, 21, 23, 25, 26, 1043, 1082, 1083, 1114, 1184, 2950].map((oid) => [oid, same]),
  ),
  700: addZero,
  701: addZero,
  1700: (key) => call('pg_catalog', 'trim_scale', key),
}

export const canBeKey = (typeOid: number): boolean => typeOid in KEY_FORMS

/** Whether a value's own text tells which group it is of. */
export const isExact = ({ typeOid }: Key): boolean => KEY_FORMS[typeOid] === same

function same(key: Node): Node {
  return key
}

/** Minus zero equals zero. */
function addZero(key: Node): Node {
  const zero = parseExpression('0')
  return { A_Expr: { kind: 'AEXPR_OP', name: [{ String: { sval: '+' } }], lexpr: key, rexpr: zero } } as Node
}

export const keyTarget = ({ expression, typeOid }: Key, index: number): Node =>
  target(KEY_FORMS[typeOid]?.(expression) ?? expression, keyName(index))

/** The touched keys, in the queries about them. */
export const KEYS = 'mz:keys'
export const keyName = (index: number): string => `mz:key:${index}`

/** Whether a row has the key that is looked at. Equality finds an index, but no NULL. */
export function sameKey(key: Node, index: number, strict: boolean): Node {
  const other = parseExpression(`${quote(KEYS)}.${quote(keyName(index))}`)
  return {
    A_Expr: {
      kind: strict ? 'AEXPR_OP' : 'AEXPR_NOT_DISTINCT',
      name: [{ String: { sval: '=' } }],
      lexpr: key,
      rexpr: other,
    },
  } as Node
}
