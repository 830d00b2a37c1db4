import type { ServerResponse } from 'node:http'
import { aboutRequest } from '../access/about.js'
import { withSeat } from '../access/seats.ts'
import type { Feeds } from '../feeds.ts'
import { parseRelationName } from '../materialize/relation-name.ts'
import { createShape, toShapeRequest } from '../shape/shape.ts'
import { acceptsGzip } from '../sse/coding.ts'
import { nodeResponse } from '../sse/node-response.js'
import { streamResponse } from '../sse/response.ts'
import { badRequest, notAllowed, refusalOf } from './refusal.ts'
import { readStreamRequest } from './stream-request.ts'

/** `GET /api/stream`: the changes of a relation as server-sent events. */
export function answerStream(feeds: Feeds, request: Request): Promise<Response> {
  return withSeat((leave) => openStream(feeds, request, leave))
}

async function openStream(feeds: Feeds, request: Request, leave: () => void): Promise<Response> {
  const asked = readStreamRequest(request)
  if (Array.isArray(asked)) return badRequest(asked)
  const name = parseRelationName(asked.relation)
  if (!feeds.isAllowed(name)) return notAllowed(asked.relation)
  try {
    const columns = await feeds.columnsOf(name)
    const shape = columns && createShape(asked.shape, columns)
    if (Array.isArray(shape)) return badRequest(shape)
    const channel = feeds.open(name).hub.channel(toShapeRequest(asked.shape))
    const response = nodeResponse()
    const isGzip = agreeOnGzip(request, response)
    return streamResponse(channel, {
      ...asked,
      ...feeds.metrics.ofStream,
      isGzip,
      response,
      signal: request.signal,
      onSessionEnd: response && aboutRequest(response.req)?.onSessionEnd,
      onClose: (reason) => {
        leave()
        feeds.metrics.ofStream.onClose(reason)
      },
    })
  } catch (error) {
    return refusalOf(error)
  }
}

/** Next drops `Content-Encoding` from what a Route Handler returns, so it is set on the response beneath. */
function agreeOnGzip(request: Request, response: ServerResponse | undefined): boolean {
  if (!response || !acceptsGzip(request.headers.get('accept-encoding'))) return false
  response.setHeader('Content-Encoding', 'gzip')
  return true
}
