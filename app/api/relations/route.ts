import { getFeeds } from '../../../lib/feeds.ts'
import { databaseDown } from '../../../lib/protocol/problem.ts'

/** The relations that can be watched. */
export async function GET(): Promise<Response> {
  const feeds = getFeeds()
  const relations = await feeds.relations().catch(() => undefined)
  if (!relations) return databaseDown()
  return Response.json({
    relations: await Promise.all(relations.map((relation) => feeds.describe(relation))),
  })
}
