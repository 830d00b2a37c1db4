import { answerAbout } from '../../lib/api/about.ts'
import { getFeeds } from '../../lib/feeds.ts'

export {
  onlyRead as DELETE,
  onlyRead as PATCH,
  onlyRead as POST,
  onlyRead as PUT,
} from '../../lib/api/wrong-method.ts'

/** What this is, which database answers, and where the rest of the API lies. */
export function GET(request: Request): Promise<Response> {
  return answerAbout(getFeeds(), request)
}
