import type { Feeds } from '../feeds.ts'
import { noQuery } from './parameters.ts'
import { readQuery } from './read-query.ts'
import { badRequest } from './refusal.ts'

/** `GET /api/metrics`: what Prometheus reads. */
export async function answerMetrics({ metrics }: Feeds, request: Request): Promise<Response> {
  const query = readQuery(request, noQuery, { takesFilters: false })
  if (Array.isArray(query)) return badRequest(query)
  return new Response(await metrics.toText(), {
    headers: { 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' },
  })
}
