import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { sleep } from '../sleep.ts'

const LOOK_EVERY_MS = 50

/** Why nothing can listen there, as Node's error code (`EADDRINUSE`), or undefined when something can. */
export async function whyNotListen(host: string, port: number): Promise<string | undefined> {
  const server = createServer()
  try {
    server.listen(port, host)
    await once(server, 'listening')
    return undefined
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  } finally {
    server.close()
  }
}

/** Waits until something answers there: true; or until `signal` aborts: false. */
export async function untilListening(host: string, port: number, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    if (await accepts(host, port)) return true
    await sleep(LOOK_EVERY_MS, signal)
  }
  return false
}

async function accepts(host: string, port: number): Promise<boolean> {
  const socket = connect(port, host)
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
