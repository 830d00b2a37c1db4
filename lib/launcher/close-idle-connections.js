import { subscribe } from 'node:diagnostics_channel'

// Preloaded into Next's process. A server that is told to close ends the connections that are idle then, and waits for
// the others: one whose stream ends a moment later would be kept for seconds, in case its client asks for more.
subscribe('http.server.response.finish', (message) => {
  const { server } = /** @type {{ server: import('node:http').Server }} */ (message)
  if (!server.listening) setImmediate(() => server.closeIdleConnections())
})
