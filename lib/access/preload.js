// @ts-check
// Preloaded into Next's process (lib/launcher/commands.ts). Next makes its server by `http.createServer` and gives its
// listener no way round it, so whatever it serves, pages, routes, files, errors, stands behind the gate.

import { subscribe } from 'node:diagnostics_channel'
import http from 'node:http'
import { logRefusals } from './refused-log.js'
import { createGuardedServer } from './server.js'
import { readAccess } from './settings.js'

const GATE = Symbol.for('tailboard.gate')
const { createServer } = http

http.createServer = /** @type {typeof createServer} */ (
  (/** @type {unknown[]} */ ...args) => {
    const listener = args.at(-1)
    // Not a server of requests.
    if (args.length !== 1 || typeof listener !== 'function')
      return /** @type {(...args: unknown[]) => http.Server} */ (createServer)(...args)
    Object.assign(globalThis, { [GATE]: true })
    return createGuardedServer(
      (options, guarded) => createServer(options, guarded),
      /** @type {http.RequestListener} */ (listener),
      readAccess(),
    )
  }
)

logRefusals((onFinish) =>
  subscribe('http.server.response.finish', (message) =>
    onFinish(/** @type {{ response: http.ServerResponse }} */ (message).response),
  ),
)
