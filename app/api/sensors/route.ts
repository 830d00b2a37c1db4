import { answerSensors, withoutBody } from '../../../lib/api/rows.ts'
import { storeSensors } from '../../../lib/api/store.ts'
import { getFeeds } from '../../../lib/feeds.ts'

export {
  onlyReadAndPost as DELETE,
  onlyReadAndPost as PATCH,
  onlyReadAndPost as PUT,
} from '../../../lib/api/wrong-method.ts'

/** The readings of the last ten minutes. */
export function GET(request: Request): Promise<Response> {
  return answerSensors(getFeeds(), request)
}

/** Without this Next would read rows that nobody is sent. */
export async function HEAD(request: Request): Promise<Response> {
  return withoutBody(await GET(request))
}

/** Stores one reading or many, all of them or none. */
export function POST(request: Request): Promise<Response> {
  return storeSensors(getFeeds(), request)
}
