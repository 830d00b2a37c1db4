import { problem } from '../protocol/problem.ts'

/** A body of JSON is at most so long; 10,000 readings take about 1.5 MB. */
export const MAX_BODY_BYTES = 4 * 2 ** 20

/** The text of a JSON body, or why it is not taken. No more than the limit is ever held. */
export async function readJsonBody(request: Request): Promise<string | Response> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') return problem(415, 'The body must have Content-Type: application/json.')
  if (request.headers.get('content-encoding')) return problem(415, 'The body must have no Content-Encoding.')
  if (Number(request.headers.get('content-length')) > MAX_BODY_BYTES) return tooLarge()
  const parts: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const part of request.body ?? []) {
      bytes += part.byteLength
      if (bytes > MAX_BODY_BYTES) return tooLarge()
      parts.push(part)
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts))
  } catch {
    // Of a client that left in the middle nobody reads the answer.
    return problem(400, 'The body is not UTF-8, or not complete.')
  }
}

const tooLarge = () =>
  problem(413, `The body has more than ${MAX_BODY_BYTES} bytes: send fewer readings at once.`)
