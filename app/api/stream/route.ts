import type { ServerResponse } from 'node:http'
import { readStreamRequest } from '../../../lib/api/stream-request.ts'
import { getFeeds, ShuttingDownError } from '../../../lib/feeds.ts'
import { TooManyShapesError } from '../../../lib/hub/hub.ts'
import { RelationMissingError, RelationTooLargeError } from '../../../lib/materialize/errors.ts'
import { parseRelationName } from '../../../lib/materialize/relation-name.ts'
import { type FieldError, problem } from '../../../lib/protocol/problem.ts'
import { createShape, toShapeRequest } from '../../../lib/shape/shape.ts'
import { acceptsGzip } from '../../../lib/sse/coding.ts'
import { nodeResponse } from '../../../lib/sse/node-response.js'
import { STREAM_HEADERS, streamResponse } from '../../../lib/sse/response.ts'

/** The changes of a relation as server-sent events. */
export async function GET(request: Request): Promise<Response> {
  const asked = readStreamRequest(request)
  if (Array.isArray(asked)) return badRequest(asked)
  const name = parseRelationName(asked.relation)
  const feeds = getFeeds()
  if (!feeds.isAllowed(name)) return problem(403, `The relation ${asked.relation} may not be read here.`)
  try {
    const columns = await feeds.columnsOf(name)
    const shape = columns && createShape(asked.shape, columns)
    if (Array.isArray(shape)) return badRequest(shape)
    const channel = feeds.open(name).hub.channel(toShapeRequest(asked.shape))
    const response = nodeResponse()
    const isGzip = agreeOnGzip(request, response)
    return streamResponse(channel, { ...asked, isGzip, response, signal: request.signal })
  } catch (error) {
    if (error instanceof RelationMissingError) {
      return problem(404, `${error.message}. GET /api/relations lists those there are.`)
    }
    if (error instanceof RelationTooLargeError) return problem(413, `${error.message}.`)
    if (error instanceof TooManyShapesError || error instanceof ShuttingDownError)
      return problem(503, `${error.message}.`)
    throw error
  }
}

const badRequest = (errors: FieldError[]) => problem(400, 'The stream cannot be opened like this.', errors)

/** Next drops `Content-Encoding` from what a Route Handler returns, so it is set on the response beneath. */
function agreeOnGzip(request: Request, response: ServerResponse | undefined): boolean {
  if (!response || !acceptsGzip(request.headers.get('accept-encoding'))) return false
  response.setHeader('Content-Encoding', 'gzip')
  return true
}

/** Without this Next would open a stream to answer HEAD, and nobody would read it. */
export function HEAD(): Response {
  return new Response(null, { headers: STREAM_HEADERS })
}
