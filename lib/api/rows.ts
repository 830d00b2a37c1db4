import type { Feeds } from '../feeds.ts'
import { parseRelationName } from '../materialize/relation-name.ts'
import { createShape, type ShapeQuery } from '../shape/shape.ts'
import { relationPath, rowsQuery, sensorsQuery } from './parameters.ts'
import { readQuery } from './read-query.ts'
import { badRequest, notAllowed, refusalOf } from './refusal.ts'
import { rowFormats } from './row-format.ts'
import { rowStream } from './row-stream.ts'

/** `GET /api/relations/NAME/rows`: the rows of a relation, all as of one time, as they are asked for. */
export function answerRows(feeds: Feeds, request: Request, name: string): Promise<Response> {
  return unlessWrong(() => {
    const path = relationPath.safeParse({ name })
    if (!path.success) return badRequest([{ field: 'name', message: path.error.issues[0]?.message ?? '' }])
    const query = readQuery(request, rowsQuery, { takesFilters: true })
    if (Array.isArray(query)) return badRequest(query)
    const { limit, format, columns } = query.data
    return send(feeds, request, { name, limit, format, shape: { columns, filters: query.filters } })
  })
}

/** `GET /api/sensors`: the readings of the last ten minutes. */
export function answerSensors(feeds: Feeds, request: Request): Promise<Response> {
  return unlessWrong(() => {
    const query = readQuery(request, sensorsQuery, { takesFilters: false })
    if (Array.isArray(query)) return badRequest(query)
    const shape = { columns: undefined, filters: [] }
    return send(feeds, request, { name: 'sensors_view', limit: query.data.limit, format: 'json', shape })
  })
}

/** The same answer without its body, and without reading on. */
export async function withoutBody(response: Response): Promise<Response> {
  await response.body?.cancel()
  return new Response(null, response)
}

interface Asked {
  readonly name: string
  readonly limit: number
  readonly format: keyof typeof rowFormats
  readonly shape: ShapeQuery
}

async function send(feeds: Feeds, request: Request, asked: Asked): Promise<Response> {
  const relationName = parseRelationName(asked.name)
  if (!feeds.isAllowed(relationName)) return notAllowed(asked.name)
  const relation = await feeds.relation(relationName)
  const shape = createShape(asked.shape, relation.columns)
  if (Array.isArray(shape)) return badRequest(shape)
  const { limit } = asked
  // Of rows that may be filtered out nobody knows how many are enough.
  const enough = asked.shape.filters.length > 0 ? Number.POSITIVE_INFINITY : limit
  const { timestamp, pages, onEnd } = await feeds.readRows(relation, enough, request.signal)
  const format = rowFormats[asked.format]
  const { signal } = request
  const body = rowStream({ pages, format, columns: shape.columns, limit, map: shape.map, signal, onEnd })
  return new Response(body, {
    headers: { 'Content-Type': format.contentType, 'Cache-Control': 'no-store', 'X-Timestamp': timestamp },
  })
}

async function unlessWrong(answer: () => Response | Promise<Response>): Promise<Response> {
  try {
    return await answer()
  } catch (error) {
    return refusalOf(error)
  }
}
