// Plain JavaScript, as it is also preloaded into Next's process (lib/launcher/commands.ts), before anything that could
// compile it: what is remembered only once Next has loaded a module is not there for the first request.
import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe } from 'node:diagnostics_channel'

// Next keeps several module graphs, and all must mean the same storage.
const STORAGE = Symbol.for('tailboard.node-response')

/** @typedef {import('node:http').ServerResponse} ServerResponse */
/** @type {{ [STORAGE]?: AsyncLocalStorage<ServerResponse> }} */
const slot = globalThis

slot[STORAGE] ??= rememberResponses()

/**
 * Remembers, for whatever runs on behalf of a request, the response that Node writes for it. Next hands a Route Handler
 * no such thing, but Node announces each request before anybody else hears of it.
 */
function rememberResponses() {
  /** @type {AsyncLocalStorage<ServerResponse>} */
  const storage = new AsyncLocalStorage()
  subscribe('http.server.request.start', (message) => {
    storage.enterWith(/** @type {{ response: ServerResponse }} */ (message).response)
  })
  return storage
}

/**
 * Node's response to the request that is being handled; undefined on a host that is not Node's own http server.
 *
 * @returns {ServerResponse | undefined}
 */
export function nodeResponse() {
  const response = slot[STORAGE]?.getStore()
  return response?.headersSent ? undefined : response
}
