/**
 * Lets the page paint, answer to its reader and do what is due, then goes on. A timer would wait for 4 ms each time, and
 * for a second on a page that is hidden; `scheduler.yield` goes on before timers that are due, among them the one that
 * shows how far the work is.
 */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}
