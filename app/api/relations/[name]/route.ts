import { describeRelation } from '../../../../lib/api/relations.ts'
import { getFeeds } from '../../../../lib/feeds.ts'

export {
  onlyRead as DELETE,
  onlyRead as PATCH,
  onlyRead as POST,
  onlyRead as PUT,
} from '../../../../lib/api/wrong-method.ts'

/** One relation: its columns, its kind, how many rows it has and how many clients watch it. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ name: string }> },
): Promise<Response> {
  return describeRelation(getFeeds(), request, (await params).name)
}
