import { answerAbout } from '../../lib/api/about.ts'
import { getFeeds } from '../../lib/feeds.ts'

/** What this is, which database answers, and where the rest of the API lies. */
export function GET(request: Request): Promise<Response> {
  return answerAbout(getFeeds(), request)
}
