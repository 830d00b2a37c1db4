import { getFeeds } from '../../lib/feeds.ts'
import { databaseDown } from '../../lib/protocol/problem.ts'
import packageJson from '../../package.json' with { type: 'json' }

/** What this is, which database answers, and where the rest of the API lies. */
export async function GET(): Promise<Response> {
  const feeds = getFeeds()
  const server = await feeds.server().catch(() => undefined)
  if (!server) return databaseDown()
  return Response.json({
    name: packageJson.name,
    version: packageJson.version,
    engine: { version: server.version, statement: server.word, address: feeds.address },
    links: {
      dashboard: '/',
      stream: '/api/stream?relation=sensors_view_1s',
      relations: '/api/relations',
      live: '/api/health/live',
      ready: '/api/health/ready',
    },
  })
}
