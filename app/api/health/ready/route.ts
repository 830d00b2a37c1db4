import { getFeeds } from '../../../../lib/feeds.ts'
import { problem } from '../../../../lib/protocol/problem.ts'

/** The database answers and the cursors progress. */
export async function GET(): Promise<Response> {
  const reason = await getFeeds().whyNotReady()
  return reason === undefined ? Response.json({ status: 'ready' }) : problem(503, reason)
}
