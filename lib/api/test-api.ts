import pino from 'pino'
import * as noSuchPath from '../../app/api/[...path]/route.ts'
import * as live from '../../app/api/health/live/route.ts'
import * as ready from '../../app/api/health/ready/route.ts'
import * as metrics from '../../app/api/metrics/route.ts'
import * as openapi from '../../app/api/openapi.json/route.ts'
import * as relation from '../../app/api/relations/[name]/route.ts'
import * as rows from '../../app/api/relations/[name]/rows/route.ts'
import * as relations from '../../app/api/relations/route.ts'
import * as about from '../../app/api/route.ts'
import * as sensors from '../../app/api/sensors/route.ts'
import * as stream from '../../app/api/stream/route.ts'
import { TestEngine } from '../chaos/test-engine.ts'
import { Feeds } from '../feeds.ts'
import { connect, disconnect } from '../materialize/connect.ts'
import { identify } from '../materialize/dialect.ts'
import { setUpDemo } from '../materialize/sql/set-up.ts'

type Handler = (
  request: Request,
  context: { params: Promise<{ name: string }> },
) => Response | Promise<Response>
type Route = Readonly<Record<string, Handler | undefined>>

/** The files below `app/api`, by the address that Next gives them. */
export const ROUTES: Readonly<Record<string, object>> = {
  '/api': about,
  '/api/stream': stream,
  '/api/relations': relations,
  '/api/relations/{name}': relation,
  '/api/relations/{name}/rows': rows,
  '/api/sensors': sensors,
  '/api/openapi.json': openapi,
  '/api/health/live': live,
  '/api/health/ready': ready,
  '/api/metrics': metrics,
}

function routeOf(pathname: string): { route: Route; name: string } {
  for (const [path, route] of Object.entries(ROUTES)) {
    const match = new RegExp(`^${path.replaceAll('.', '\\.').replace('{name}', '([^/]+)')}$`).exec(pathname)
    if (match) return { route: route as Route, name: decodeURIComponent(match[1] ?? '') }
  }
  return { route: noSuchPath as Route, name: '' }
}

// Where the routes look for them.
const FEEDS = Symbol.for('tailboard.feeds')
const slot = globalThis as { [FEEDS]?: Feeds }

/** The API over an engine of its own, without Next: its routes, called as Next calls them. */
export class TestApi {
  readonly engine: TestEngine
  readonly feeds: Feeds

  private constructor(engine: TestEngine, feeds: Feeds) {
    this.engine = engine
    this.feeds = feeds
  }

  /** `through` leads to the engine by another address. */
  static async start(
    version: string,
    {
      allowed,
      through = async (url) => url,
    }: { allowed?: string[]; through?: (url: string) => Promise<string> } = {},
  ): Promise<TestApi> {
    const engine = await TestEngine.start(version, false)
    const client = await connect(engine.url, { applicationName: 'test' })
    await setUpDemo(client, (await identify(client)).word)
    await disconnect(client)
    return new TestApi(engine, new Feeds(await through(engine.url), allowed, pino({ level: 'silent' })))
  }

  async stop(): Promise<void> {
    await this.feeds.close()
    await this.engine.close()
  }

  /** Calls the route of a path as Next does. */
  async ask(path: string, init: RequestInit = {}): Promise<Response> {
    const request = new Request(`http://127.0.0.1${path}`, { ...init, ...(init.body && { duplex: 'half' }) })
    const found = routeOf(new URL(request.url).pathname)
    const handler = found.route[request.method] ?? found.route.GET
    if (!handler) throw new Error(`${path} has no handler for ${request.method}`)
    slot[FEEDS] = this.feeds
    return handler(request, { params: Promise.resolve({ name: found.name }) })
  }

  post(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return this.ask('/api/sensors', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  }
}
