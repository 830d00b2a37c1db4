import { DatabaseError } from 'pg'
import { type Feeds, ShuttingDownError } from '../feeds.ts'
import { isUnknownRelation } from '../materialize/errors.ts'
import { problem } from '../protocol/problem.ts'
import { KeyReusedError } from './idempotency.ts'
import { idempotencyKey, noQuery } from './parameters.ts'
import { readJsonBody } from './read-body.ts'
import { readQuery } from './read-query.ts'
import { readReadings } from './read-readings.ts'
import type { ReadingBody, Stored } from './reading.ts'
import { badRequest, notAllowed, refusalOf } from './refusal.ts'

const TABLE = { schema: 'public', name: 'sensors' }
const KEY = 'Idempotency-Key'

/** `POST /api/sensors`: stores one reading or many, all of them or none. */
export async function storeSensors(feeds: Feeds, request: Request): Promise<Response> {
  const query = readQuery(request, noQuery, { takesFilters: false })
  if (Array.isArray(query)) return badRequest(query)
  const key = request.headers.get(KEY)
  const { error } = idempotencyKey.nullable().safeParse(key)
  if (error) return badRequest([{ field: KEY, message: error.issues[0]?.message ?? '' }])
  if (!feeds.isAllowed(TABLE)) return notAllowed(TABLE.name)
  const json = await readJsonBody(request)
  if (json instanceof Response) return json
  const readings = readReadings(json)
  if (readings instanceof Response) return readings
  try {
    const store = () => storeAll(feeds, readings)
    return accepted(await (key === null ? store() : feeds.stored.once(key, json, store, isUndone)))
  } catch (error) {
    return refusal(error)
  }
}

async function storeAll(feeds: Feeds, readings: readonly ReadingBody[]): Promise<Stored> {
  await feeds.storeReadings(readings)
  return { stored: readings.length }
}

const accepted = (stored: Stored): Response =>
  Response.json(stored, { status: 202, headers: { 'Cache-Control': 'no-store' } })

function refusal(error: unknown): Response {
  if (error instanceof KeyReusedError) {
    return problem(422, `${error.message}.`, [
      { field: KEY, message: 'must be another one, or the body the one that it was first sent with' },
    ])
  }
  if (isUnknownRelation(error)) {
    return problem(404, 'There is no table sensors: this database is not that of the demo.')
  }
  if (isUndone(error)) return refusalOf(error)
  return problem(
    503,
    'The database has not answered: whether the readings are stored is not known. GET /api/sensors tells.',
  )
}

/** Nothing has been stored: the database has said so, or where nobody listens nothing was sent. */
const isUndone = (error: unknown): boolean =>
  error instanceof DatabaseError ||
  error instanceof ShuttingDownError ||
  (error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED')
