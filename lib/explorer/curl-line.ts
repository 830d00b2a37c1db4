import { type StreamQuery, toSearch } from '../client/stream-query.ts'

/** A text as one word of a POSIX shell, whatever is in it. A shell's word cannot hold the character 0. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** The same stream in a terminal. `origin` is where the page itself came from: `https://host:port`. */
export function toCurlLine(origin: string, query: StreamQuery): string {
  // URLSearchParams leaves only unreserved characters, * and +, so the query is one word; the quotes keep & from the shell.
  return `curl -N ${shellQuote(`${origin}/api/stream?${toSearch(query)}`)}`
}
