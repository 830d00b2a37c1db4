import { answerMetrics } from '../../../lib/api/metrics.ts'
import { getFeeds } from '../../../lib/feeds.ts'

export {
  onlyRead as DELETE,
  onlyRead as PATCH,
  onlyRead as POST,
  onlyRead as PUT,
} from '../../../lib/api/wrong-method.ts'

/** What Prometheus reads. */
export function GET(request: Request): Promise<Response> {
  return answerMetrics(getFeeds(), request)
}
