import { connect } from 'node:http2'
import { createGunzip } from 'node:zlib'
import { createParser } from 'eventsource-parser'
import type { RawEvent } from './stream.ts'

/** A stream over HTTP/2, as a browser asks a proxy for it. The proxy's certificate is of its own making. */
export async function openHttp2Stream(url: string, headers: Record<string, string> = {}) {
  const { origin, pathname, search } = new URL(url)
  const session = connect(origin, { rejectUnauthorized: false })
  const request = session.request({ ':path': pathname + search, ...headers })
  const response = await new Promise<Record<string, string | string[] | undefined>>((resolve, reject) => {
    session.on('error', reject)
    request.on('error', reject)
    request.on('response', (answer) => resolve(answer as Record<string, string>))
  })
  const received: RawEvent[] = []
  const parser = createParser({
    onEvent: ({ event, id, data }) => received.push({ event, id, data: JSON.parse(data) }),
  })
  const isGzip = response['content-encoding'] === 'gzip'
  const plain = isGzip ? request.pipe(createGunzip()) : request
  plain.setEncoding('utf8').on('data', (text: string) => parser.feed(text))
  // A stream that is left has no end.
  plain.on('error', () => {})
  return { headers: response, alpn: session.alpnProtocol, received, close: () => session.destroy() }
}
