import { answerRows, withoutBody } from '../../../../../lib/api/rows.ts'
import { getFeeds } from '../../../../../lib/feeds.ts'

export {
  onlyRead as DELETE,
  onlyRead as PATCH,
  onlyRead as POST,
  onlyRead as PUT,
} from '../../../../../lib/api/wrong-method.ts'

interface Context {
  readonly params: Promise<{ name: string }>
}

/** The rows of a relation as of one time: JSON, CSV or a row in each line. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return answerRows(getFeeds(), request, (await params).name)
}

/** Without this Next would read rows that nobody is sent. */
export async function HEAD(request: Request, context: Context): Promise<Response> {
  return withoutBody(await GET(request, context))
}
