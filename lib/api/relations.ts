import type { Feeds } from '../feeds.ts'
import { parseRelationName } from '../materialize/relation-name.ts'
import { noQuery, relationPath } from './parameters.ts'
import { readQuery } from './read-query.ts'
import { badRequest, notAllowed, refusalOf } from './refusal.ts'

const NEVER_STORED = { headers: { 'Cache-Control': 'no-store' } }

/** `GET /api/relations`: those that may be read here. */
export async function listRelations(feeds: Feeds, request: Request): Promise<Response> {
  const query = readQuery(request, noQuery, { takesFilters: false })
  if (Array.isArray(query)) return badRequest(query)
  try {
    const relations = await feeds.relations()
    const described = await Promise.all(relations.map((relation) => feeds.describe(relation)))
    return Response.json({ relations: described }, NEVER_STORED)
  } catch (error) {
    return refusalOf(error)
  }
}

/** `GET /api/relations/NAME`: its columns, its kind, how many rows it has and how many clients watch it. */
export async function describeRelation(feeds: Feeds, request: Request, name: string): Promise<Response> {
  const query = readQuery(request, noQuery, { takesFilters: false })
  if (Array.isArray(query)) return badRequest(query)
  const { error } = relationPath.safeParse({ name })
  if (error) return badRequest([{ field: 'name', message: error.issues[0]?.message ?? '' }])
  const relation = parseRelationName(name)
  if (!feeds.isAllowed(relation)) return notAllowed(name)
  try {
    return Response.json(await feeds.describe(await feeds.relation(relation)), NEVER_STORED)
  } catch (error) {
    return refusalOf(error)
  }
}
