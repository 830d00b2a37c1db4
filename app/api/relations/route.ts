import { listRelations } from '../../../lib/api/relations.ts'
import { getFeeds } from '../../../lib/feeds.ts'

/** The relations that can be watched. */
export function GET(request: Request): Promise<Response> {
  return listRelations(getFeeds(), request)
}
