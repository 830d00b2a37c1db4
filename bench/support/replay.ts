import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { PARTS, type ReplayedChange, type ReplayedRelation, replayRelations } from './replayed-relations.ts'

const EPOCH = 'replayedreplayed'
const HEARTBEAT_MS = 5_000
const PART_ROWS = 1_000

/**
 * The app as it is, but with streams of `sensors_latest` and `air_quality_1s` as if so many sensors spoke once a
 * second: a page can be tried at a rate that no engine on this machine has to keep up with.
 */
export async function startReplay(appUrl: string, sensors: number) {
  const relations = replayRelations(sensors)
  const readers = Object.fromEntries(Object.keys(relations).map((name) => [name, new Set<ServerResponse>()]))
  const server = createServer((incoming, response) => {
    const { pathname, searchParams } = new URL(incoming.url ?? '/', appUrl)
    const asked = /^\/api\/relations\/(\w+)$/.exec(pathname)?.[1] ?? ''
    const streamed = pathname === '/api/stream' ? (searchParams.get('relation') ?? '') : ''
    if (asked in relations) {
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ rows: sensors }))
      return
    }
    const relation = relations[streamed]
    if (!relation) {
      pass(appUrl, incoming, response)
      return
    }
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
    response.write(`retry: 1000\n\n${snapshotOf(streamed, relation)}${heartbeat()}`)
    readers[streamed]?.add(response)
    response.on('close', () => readers[streamed]?.delete(response))
  })
  const tell = (name: string, text: string) => {
    for (const response of readers[name] ?? []) response.write(text)
  }
  const stepMs = 1_000 / PARTS
  let at = Math.floor(Date.now() / stepMs)
  const stepping = setInterval(() => {
    // A timer that came late is made up for: the rate is what is promised.
    for (const now = Math.floor(Date.now() / stepMs); at < now; at++) {
      for (const [name, relation] of Object.entries(relations))
        tell(name, updateOf(relation.step(at % PARTS, at * stepMs), at * stepMs))
    }
  }, stepMs / 2)
  const beating = setInterval(() => {
    for (const name of Object.keys(relations)) tell(name, heartbeat())
  }, HEARTBEAT_MS)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('No port was given')
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: async () => {
      clearInterval(stepping)
      clearInterval(beating)
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function pass(appUrl: string, incoming: IncomingMessage, response: ServerResponse): void {
  const { method, headers, url } = incoming
  const upstream = request(new URL(url ?? '/', appUrl), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  upstream.on('error', () => response.destroy())
  response.on('close', () => upstream.destroy())
  incoming.pipe(upstream)
}

function snapshotOf(name: string, relation: ReplayedRelation): string {
  const rows = relation.rows()
  const timestamp = Date.now()
  const parts = Math.max(1, Math.ceil(rows.length / PART_ROWS))
  const head = `"relation":"${name}","columns":${JSON.stringify(relation.columns)},"timestamp":"${timestamp}"`
  return Array.from({ length: parts }, (_, part) => {
    const some = rows.slice(part * PART_ROWS, (part + 1) * PART_ROWS).join()
    const id = part + 1 === parts ? `id: ${EPOCH}:${timestamp}\n` : ''
    return `${id}event: snapshot\ndata: {${head},"part":${part + 1},"parts":${parts},"rows":[${some}]}\n\n`
  }).join('')
}

function updateOf({ gone, come }: ReplayedChange, atMs: number): string {
  const updates = [
    ...gone.map((row) => `{"diff":-1,"row":${row}}`),
    ...come.map((row) => `{"diff":1,"row":${row}}`),
  ].join()
  return `id: ${EPOCH}:${atMs}\nevent: update\ndata: {"timestamp":"${atMs}","updates":[${updates}]}\n\n`
}

function heartbeat(): string {
  const now = Date.now()
  return `event: heartbeat\ndata: {"timestamp":"${now}","now":${now},"lagMs":0}\n\n`
}
