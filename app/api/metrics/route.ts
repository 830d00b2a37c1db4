import { answerMetrics } from '../../../lib/api/metrics.ts'
import { getFeeds } from '../../../lib/feeds.ts'

/** What Prometheus reads. */
export function GET(request: Request): Promise<Response> {
  return answerMetrics(getFeeds(), request)
}
