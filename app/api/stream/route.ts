import { getFeeds } from '../../../lib/feeds.ts'
import { RelationMissingError, RelationTooLargeError } from '../../../lib/materialize/errors.ts'
import { parseRelationName } from '../../../lib/materialize/relation-name.ts'
import { problem } from '../../../lib/protocol/problem.ts'
import { readStreamRequest } from '../../../lib/sse/request.ts'
import { STREAM_HEADERS, streamResponse } from '../../../lib/sse/response.ts'

/** The changes of a relation as server-sent events. */
export async function GET(request: Request): Promise<Response> {
  const asked = readStreamRequest(request)
  if (Array.isArray(asked)) return problem(400, 'The stream cannot be opened like this.', asked)
  const name = parseRelationName(asked.relation)
  const feeds = getFeeds()
  if (!feeds.isAllowed(name)) return problem(403, `The relation ${asked.relation} may not be read here.`)
  try {
    await feeds.checkExists(name)
    return streamResponse(feeds.open(name).hub, {
      ...asked,
      signal: request.signal,
      acceptEncoding: request.headers.get('accept-encoding'),
    })
  } catch (error) {
    if (error instanceof RelationMissingError)
      return problem(404, `${error.message}. GET /api/relations lists those there are.`)
    if (error instanceof RelationTooLargeError) return problem(413, error.message)
    throw error
  }
}

/** Without this Next would open a stream to answer HEAD, and nobody would read it. */
export function HEAD(): Response {
  return new Response(null, { headers: STREAM_HEADERS })
}
