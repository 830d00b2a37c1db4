// @ts-check
import { badRequestText } from './bad-request.js'
import { Gate } from './gate.js'
import { WaitingRoom } from './waiting-room.js'

/** @typedef {import('node:http').Server} Server */
/** @typedef {import('node:http').RequestListener} RequestListener */
/** @typedef {import('node:net').Socket} Socket */
/** @typedef {import('./settings.js').AccessSettings} AccessSettings */

/** What Node's http server itself holds against those who are slow on purpose. Streams are not meant: they are answers. */
export const SERVER_OPTIONS = {
  /** For the headers, from the connection's beginning or the first byte of a request. */
  headersTimeout: 10_000,
  /** For a request as a whole, its body included. */
  requestTimeout: 60_000,
  /** How often Node looks for those that are over. */
  connectionsCheckingInterval: 1_000,
  /** Longer than proxies keep their connections (nginx: 60 s), so that none asks on one that is about to be closed. */
  keepAliveTimeout: 75_000,
  maxHeaderSize: 32 * 1024,
}
/** A connection on which nothing moves, in the middle of an answer that is not read. */
const IDLE_TIMEOUT_MS = 120_000
const WAITING_PLACES = 2_048
/** Beyond the streams there is room for so many connections: those who ask for something else, and who have not asked. */
const ROOM_BESIDE_STREAMS = 6_000
/** When so little is left of it, connections that are kept for what their clients may ask next are closed. */
const SCARCE = 2_000

/**
 * Sets the gate before a server's listener, and the server's limits. The listener may be Next's: it need not know.
 *
 * @param {(options: typeof SERVER_OPTIONS, listener: RequestListener) => Server} create
 * @param {RequestListener} listener
 * @param {AccessSettings} settings
 * @returns {Server}
 */
export function createGuardedServer(create, listener, settings) {
  const gate = new Gate(settings)
  const server = create(SERVER_OPTIONS, (request, response) => {
    gate.enter(request, response, () => listener(request, response))
  })
  // Whoever asks before sending a body is told to go on only where the body is wanted.
  server.on('checkContinue', (request, response) => {
    gate.enter(request, response, () => {
      response.writeContinue()
      listener(request, response)
    })
  })
  server.timeout = IDLE_TIMEOUT_MS
  limitConnections(server, settings.maxClients + ROOM_BESIDE_STREAMS)
  answerBadRequests(server)
  guardUpgrades(server, gate, settings)
  return server
}

/**
 * @param {Server} server
 * @param {number} maxConnections
 */
function limitConnections(server, maxConnections) {
  const room = new WaitingRoom(WAITING_PLACES)
  let open = 0
  let closesIdle = false
  server.maxConnections = maxConnections
  /**
   * One for all connections, as there are many.
   *
   * @this {Socket}
   */
  function onClose() {
    open--
    room.leave(this)
  }
  server.on('connection', (socket) => {
    room.enter(socket)
    open++
    socket.on('close', onClose)
    if (open < maxConnections - SCARCE || closesIdle) return
    closesIdle = true
    // Once for all that come in this turn.
    setImmediate(() => {
      closesIdle = false
      server.closeIdleConnections()
    })
  })
  const leave = (/** @type {import('node:http').IncomingMessage} */ { socket }) => room.leave(socket)
  server.prependListener('request', leave).prependListener('checkContinue', leave)
}

/** @param {Server} server */
function answerBadRequests(server) {
  server.on('clientError', (error, stream) => {
    const socket = /** @type {Socket & { _httpMessage?: { headersSent: boolean } }} */ (stream)
    // As Node does itself: nothing is said in the middle of an answer.
    if (socket.writable && !socket._httpMessage?.headersSent) socket.end(badRequestText(error))
    else socket.destroy(error)
    socket.on('finish', () => socket.destroy())
  })
}

/** @typedef {(request: import('node:http').IncomingMessage, socket: Socket, head: Buffer) => void} UpgradeListener */

/**
 * Nothing here is spoken but HTTP. Where nobody listens for upgrades Node answers as if none were wished, as a server
 * should; in development the hot reload listens, for those who may.
 *
 * @param {Server} server
 * @param {Gate} gate
 * @param {AccessSettings} settings
 */
function guardUpgrades(server, gate, { isDev }) {
  const on = server.on.bind(server)
  server.on = /** @type {typeof server.on} */ (
    (/** @type {string} */ name, /** @type {UpgradeListener} */ listener) => {
      if (name !== 'upgrade') return on(name, listener)
      if (!isDev) return server
      return on(name, (request, socket, head) => {
        if (gate.mayUpgrade(request)) listener(request, /** @type {Socket} */ (socket), head)
        else socket.destroy()
      })
    }
  )
}
