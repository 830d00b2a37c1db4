/** What a stream is of: a relation, and where wanted only some of its rows and columns. */
export interface StreamQuery {
  readonly relation: string
  readonly columns?: readonly string[] | undefined
  /** Conditions on columns as the stream's address takes them: `['pm25', 'gte.35.5']`. All of them hold. */
  readonly filters?: readonly (readonly [column: string, condition: string])[] | undefined
  /** False: only what comes, without the rows that are there. */
  readonly snapshot?: boolean | undefined
}

/** The query of a stream's address. Equal streams have equal texts: the order of filters means nothing. */
export function toSearch({ relation, columns, filters = [], snapshot = true }: StreamQuery): string {
  const search = new URLSearchParams({ relation })
  if (columns) search.set('columns', columns.map(quoteName).join(','))
  for (const [column, condition] of filters.map((filter) => [...filter] as const).sort(byText)) {
    search.append(column, condition)
  }
  if (!snapshot) search.set('snapshot', 'false')
  return search.toString()
}

/** A name with a comma or a quote in it stands in quotes, within which a backslash takes the next character as it is. */
function quoteName(name: string): string {
  return name === '' || /[",]/.test(name) ? `"${name.replaceAll(/[\\"]/g, '\\$&')}"` : name
}

function byText(a: readonly string[], b: readonly string[]): number {
  const [one, other] = [JSON.stringify(a), JSON.stringify(b)]
  if (one === other) return 0
  return one < other ? -1 : 1
}
