import { answerStream } from '../../../lib/api/stream.ts'
import { getFeeds } from '../../../lib/feeds.ts'
import { STREAM_HEADERS } from '../../../lib/sse/response.ts'

export {
  onlyRead as DELETE,
  onlyRead as PATCH,
  onlyRead as POST,
  onlyRead as PUT,
} from '../../../lib/api/wrong-method.ts'

/** The changes of a relation as server-sent events. */
export function GET(request: Request): Promise<Response> {
  return answerStream(getFeeds(), request)
}

/** Without this Next would open a stream to answer HEAD, and nobody would read it. */
export function HEAD(): Response {
  return new Response(null, { headers: STREAM_HEADERS })
}
