import { getFeeds } from '../../../../lib/feeds.ts'
import { RelationMissingError } from '../../../../lib/materialize/errors.ts'
import { parseRelationName } from '../../../../lib/materialize/relation-name.ts'
import { databaseDown, problem } from '../../../../lib/protocol/problem.ts'

/** One relation: its columns, its kind, how many rows it has and how many clients watch it. */
export async function GET(_: Request, { params }: { params: Promise<{ name: string }> }): Promise<Response> {
  const { name } = await params
  const feeds = getFeeds()
  const relation = parseRelationName(name)
  if (!feeds.isAllowed(relation)) return problem(403, `The relation ${name} may not be read here.`)
  try {
    return Response.json(await feeds.describe(await feeds.relation(relation)))
  } catch (error) {
    if (error instanceof RelationMissingError) return problem(404, `${error.message}.`)
    return databaseDown()
  }
}
