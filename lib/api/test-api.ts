import pino from 'pino'
import { TestEngine } from '../chaos/test-engine.ts'
import { Feeds } from '../feeds.ts'
import { connect, disconnect } from '../materialize/connect.ts'
import { identify } from '../materialize/dialect.ts'
import { setUpDemo } from '../materialize/sql/set-up.ts'
import { answerAbout, answerLive, answerReady } from './about.ts'
import { answerMetrics } from './metrics.ts'
import { noSuchPath } from './no-such-path.ts'
import { describeRelation, listRelations } from './relations.ts'
import { answerRows, answerSensors } from './rows.ts'
import { storeSensors } from './store.ts'
import { answerStream } from './stream.ts'

/** The API over an engine of its own, without Next: what the routes call, called as they do. */
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

  ask(path: string, init: RequestInit = {}): Promise<Response> | Response {
    const request = new Request(`http://127.0.0.1${path}`, { ...init, ...(init.body && { duplex: 'half' }) })
    const [, api, first, second, third, ...more] = new URL(request.url).pathname.split('/')
    const name = second && decodeURIComponent(second)
    if (api !== 'api' || more.length > 0) return noSuchPath()
    if (first === undefined) return answerAbout(this.feeds, request)
    if (first === 'stream' && !second) return answerStream(this.feeds, request)
    if (first === 'health' && second === 'live') return answerLive()
    if (first === 'health' && second === 'ready') return answerReady(this.feeds)
    if (first === 'metrics' && !second) return answerMetrics(this.feeds, request)
    if (first === 'sensors' && !second)
      return request.method === 'POST'
        ? storeSensors(this.feeds, request)
        : answerSensors(this.feeds, request)
    if (first === 'relations' && !name) return listRelations(this.feeds, request)
    if (first === 'relations' && name && third === undefined)
      return describeRelation(this.feeds, request, name)
    if (first === 'relations' && name && third === 'rows') return answerRows(this.feeds, request, name)
    return noSuchPath()
  }

  post(body: unknown, headers: Record<string, string> = {}): Promise<Response> | Response {
    return this.ask('/api/sensors', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  }
}
