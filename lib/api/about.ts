import type { z } from 'zod'
import packageJson from '../../package.json' with { type: 'json' }
import { readBuildId } from '../build-id.ts'
import type { Feeds } from '../feeds.ts'
import { problem } from '../protocol/problem.ts'
import { noQuery } from './parameters.ts'
import { readQuery } from './read-query.ts'
import { badRequest, refusalOf } from './refusal.ts'
import type { aboutSchema, liveSchema, readySchema } from './schemas.ts'

const NEVER_STORED = { headers: { 'Cache-Control': 'no-store' } }

const LINKS = {
  dashboard: '/',
  docs: '/docs',
  openapi: '/api/openapi.json',
  stream: '/api/stream?relation=sensors_view_1s',
  relations: '/api/relations',
  rows: '/api/relations/sensors_latest/rows',
  sensors: '/api/sensors',
  live: '/api/health/live',
  ready: '/api/health/ready',
  metrics: '/api/metrics',
}

/** `GET /api`: what this is, which database answers, and where the rest lies. */
export async function answerAbout(feeds: Feeds, request: Request): Promise<Response> {
  const query = readQuery(request, noQuery, { takesFilters: false })
  if (Array.isArray(query)) return badRequest(query)
  try {
    const { version, word } = await feeds.server()
    const { name, version: own } = packageJson
    const engine = { version, statement: word, address: feeds.address }
    const about: z.infer<typeof aboutSchema> = { name, version: own, engine, links: LINKS }
    return Response.json(about, NEVER_STORED)
  } catch (error) {
    return refusalOf(error)
  }
}

/** `GET /api/health/live`: the process answers, and which build of the app it is. */
export function answerLive(): Response {
  const live: z.infer<typeof liveSchema> = { status: 'live', build: readBuildId() }
  return Response.json(live, NEVER_STORED)
}

/** `GET /api/health/ready`: the database answers and the cursors progress. */
export async function answerReady(feeds: Feeds): Promise<Response> {
  const reason = await feeds.whyNotReady()
  if (reason !== undefined) return problem(503, reason, undefined, { 'Retry-After': '2' })
  const ready: z.infer<typeof readySchema> = { status: 'ready' }
  return Response.json(ready, NEVER_STORED)
}
