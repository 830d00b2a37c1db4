import { listRelations } from '../../../lib/api/relations.ts'
import { getFeeds } from '../../../lib/feeds.ts'

export {
  onlyRead as DELETE,
  onlyRead as PATCH,
  onlyRead as POST,
  onlyRead as PUT,
} from '../../../lib/api/wrong-method.ts'

/** The relations that can be watched. */
export function GET(request: Request): Promise<Response> {
  return listRelations(getFeeds(), request)
}
