import { createParser, parseAsArrayOf, parseAsString } from 'nuqs'
import { type Condition, formatConditions, parseConditions } from '../../lib/explorer/condition.ts'
import type { RowOrder } from '../../lib/explorer/row-order.ts'

const parseAsConditions = createParser<readonly Condition[]>({
  parse: parseConditions,
  serialize: formatConditions,
  eq: (a, b) => formatConditions(a) === formatConditions(b),
})

/** `pm25` or, downwards, `-pm25`. */
const parseAsOrder = createParser<RowOrder>({
  parse: (text) =>
    text.startsWith('-')
      ? { column: text.slice(1), isDescending: true }
      : { column: text, isDescending: false },
  serialize: ({ column, isDescending }) => `${isDescending ? '-' : ''}${column}`,
  eq: (a, b) => a.column === b.column && a.isDescending === b.isDescending,
})

/** What a link to a view of a relation carries. What is not said is left to the page. */
export const explorerParams = {
  /** Conditions on the rows, as in a stream's address: `pm25=gte.35.5`. */
  where: parseAsConditions.withDefault([]),
  /** The columns that are streamed; all where there are none. */
  columns: parseAsArrayOf(parseAsString),
  sort: parseAsOrder,
  /** Of the chart: the time column, the key column (empty: none) and the values. */
  time: parseAsString,
  key: parseAsString,
  values: parseAsArrayOf(parseAsString),
}
