import { readEnv } from '../env.ts'
import { problem } from '../protocol/problem.ts'
import { nodeResponse } from '../sse/node-response.js'
import { aboutRequest } from './about.js'

/** How many streams may be open; 0 for an address: no limit. */
export interface SeatLimits {
  readonly maxClients: number
  readonly maxClientsPerIp: number
}

/** Gives a seat back. May be called twice. */
export type Leave = () => void

/** Why there is no seat: all are taken, or all that one address may take. */
export type NoSeat = 'full' | 'address'

/**
 * The streams that are open. A seat is taken and counted in one step without a wait in it, so that no two clients ever
 * get the last one, and given back once, whatever ends the stream.
 */
export class Seats {
  readonly #limits: SeatLimits
  readonly #byAddress = new Map<string, number>()
  #taken = 0

  constructor(limits: SeatLimits) {
    this.#limits = limits
  }

  get taken(): number {
    return this.#taken
  }

  take(address: string): Leave | NoSeat {
    const { maxClients, maxClientsPerIp } = this.#limits
    const ofAddress = this.#byAddress.get(address) ?? 0
    if (maxClientsPerIp > 0 && ofAddress >= maxClientsPerIp) return 'address'
    if (this.#taken >= maxClients) return 'full'
    this.#taken++
    this.#byAddress.set(address, ofAddress + 1)
    let isSeated = true
    return () => {
      if (!isSeated) return
      isSeated = false
      this.#taken--
      const left = (this.#byAddress.get(address) ?? 1) - 1
      if (left === 0) this.#byAddress.delete(address)
      else this.#byAddress.set(address, left)
    }
  }
}

// Next keeps several module graphs; the seats must be counted once all the same.
const SEATS = Symbol.for('tailboard.seats')
const slot = globalThis as { [SEATS]?: Seats }

/** Those of this process. Throws `SettingsError`. */
function getSeats(): Seats {
  slot[SEATS] ??= new Seats(readEnv())
  return slot[SEATS]
}

/** Somebody who is refused comes again after so long, and not all at the same moment. */
const RETRY_AFTER_S = { full: 10, address: 30 }

/**
 * Opens a stream where there is a seat for its client, else answers 503 or 429. `open` is given what to call when the
 * stream ends; what it answers instead of a stream, and what it throws, gives the seat back by itself.
 */
export async function withSeat(
  open: (leave: Leave) => Promise<Response>,
  seats = getSeats(),
): Promise<Response> {
  const response = nodeResponse()
  const address = response && aboutRequest(response.req)?.address
  const seat = seats.take(address ?? '')
  if (typeof seat === 'string') return noSeat(seat)
  try {
    const answer = await open(seat)
    if (!answer.ok) seat()
    return answer
  } catch (error) {
    seat()
    throw error
  }
}

function noSeat(why: NoSeat): Response {
  const retryAfterS = Math.ceil(RETRY_AFTER_S[why] * (0.5 + Math.random()))
  const headers = { 'Retry-After': String(retryAfterS) }
  return why === 'full'
    ? problem(503, 'As many streams are open as this server may have.', undefined, headers)
    : problem(429, 'As many streams are open as your address may have.', undefined, headers)
}
