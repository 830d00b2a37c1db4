import { answerReady } from '../../../../lib/api/about.ts'
import { getFeeds } from '../../../../lib/feeds.ts'

export {
  onlyRead as DELETE,
  onlyRead as PATCH,
  onlyRead as POST,
  onlyRead as PUT,
} from '../../../../lib/api/wrong-method.ts'

/** The database answers and the cursors progress. */
export function GET(): Promise<Response> {
  return answerReady(getFeeds())
}
