import { OutgoingMessage, ServerResponse } from 'node:http'

/** Where Next keeps what it knows of a request, on Node's own object of it. */
const NEXT_META = Symbol.for('NextInternalRequestMeta')
/** Node's own listener for the end of a response: it goes on with the next request on the connection. */
const NODES_FINISH = 'bound resOnFinish'
/** Where Node keeps the headers that a response was given, which have been sent by now; undefined on other Nodes. */
const GIVEN_HEADERS = Object.getOwnPropertySymbols(new OutgoingMessage()).find(
  ({ description }) => description === 'kOutHeaders',
)
const NOTHING = Object.freeze({})

const ignore = (): void => {}

/**
 * Takes away what the host has hung on Node's response and its request, and the headers of both. They live as long as
 * the stream, and one listener is enough to hold all that was made for the request: for Next some 22 KiB for each
 * client; headers are 2 KiB. The host must be done with them; it will not hear how the response ends. `ours` is a
 * listener that stays.
 */
export function releaseHost(response: ServerResponse, ours: () => void): void {
  const { req: request } = response
  for (const event of ['close', 'drain']) {
    for (const listener of response.listeners(event)) {
      if (listener !== ours) response.off(event, listener as () => void)
    }
  }
  const finish = response.listeners('finish')
  const nodes = finish.findIndex(({ name }) => name === NODES_FINISH)
  // Where Node's own cannot be told from the others, all stay.
  if (nodes >= 0) {
    for (const listener of finish.slice(nodes + 1)) response.off('finish', listener as () => void)
  }
  // An error that nobody listens to would end the process.
  response.removeAllListeners('error').on('error', ignore)
  request.removeAllListeners()
  // Assigned, not deleted: an object that loses a property takes more memory.
  response.setHeader = ServerResponse.prototype.setHeader
  if (GIVEN_HEADERS) Object.assign(response, { [GIVEN_HEADERS]: null })
  Object.assign(request, { [NEXT_META]: undefined, cookies: undefined, headers: NOTHING, rawHeaders: [] })
}
