import { openApi } from './document.ts'
import { noQuery } from './parameters.ts'
import { readQuery } from './read-query.ts'
import { badRequest } from './refusal.ts'

/** `GET /api/openapi.json`: the description of this API; 304 for who has it already. */
export function answerOpenApi(request: Request): Response {
  const query = readQuery(request, noQuery, { takesFilters: false })
  if (Array.isArray(query)) return badRequest(query)
  const { text, etag } = openApi()
  // It may have changed with the next version of the server, so it is asked for each time.
  const headers = { ETag: etag, 'Cache-Control': 'no-cache' }
  if (hasTag(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers })
  return new Response(text, { headers: { ...headers, 'Content-Type': 'application/json' } })
}

/** Tags are compared weakly (RFC 9110, section 13.1.2): a proxy that compresses makes a weak one of it. */
function hasTag(list: string | null, etag: string): boolean {
  const tags = (list ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return tags.includes(etag) || tags.includes('*')
}
