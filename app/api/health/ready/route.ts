import { answerReady } from '../../../../lib/api/about.ts'
import { getFeeds } from '../../../../lib/feeds.ts'

/** The database answers and the cursors progress. */
export function GET(): Promise<Response> {
  return answerReady(getFeeds())
}
