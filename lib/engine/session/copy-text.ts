const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** One row in the text format of COPY. */
export function copyText(values: readonly (string | null)[]): Buffer {
  const fields = values.map((value) =>
    value === null ? '\\N' : value.replaceAll(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character),
  )
  return Buffer.from(`${fields.join('\t')}\n`)
}
