import { describeRelation } from '../../../../lib/api/relations.ts'
import { getFeeds } from '../../../../lib/feeds.ts'

/** One relation: its columns, its kind, how many rows it has and how many clients watch it. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ name: string }> },
): Promise<Response> {
  return describeRelation(getFeeds(), request, (await params).name)
}
