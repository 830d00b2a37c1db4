import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe } from 'node:diagnostics_channel'
import type { ServerResponse } from 'node:http'

// Next keeps several module graphs, and all must mean the same storage.
const STORAGE = Symbol.for('tailboard.node-response')
const slot = globalThis as { [STORAGE]?: AsyncLocalStorage<ServerResponse> }

/**
 * From now on remembers, for whatever runs on behalf of a request, the response that Node writes for it. Next hands a
 * Route Handler no such thing, but Node announces each request before anybody else hears of it. May be called twice.
 */
export function rememberResponses(): void {
  if (slot[STORAGE]) return
  const storage = new AsyncLocalStorage<ServerResponse>()
  slot[STORAGE] = storage
  subscribe('http.server.request.start', (message) => {
    storage.enterWith((message as { response: ServerResponse }).response)
  })
}

/** Node's response to the request that is being handled; undefined on a host that is not Node's own http server. */
export function nodeResponse(): ServerResponse | undefined {
  const response = slot[STORAGE]?.getStore()
  return response?.headersSent ? undefined : response
}
