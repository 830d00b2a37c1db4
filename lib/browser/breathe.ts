/** Lets the page paint and answer to its reader. Goes on as soon as that is done, also where nobody sees the page. */
export function breathe(): Promise<void> {
  if ('scheduler' in globalThis && 'yield' in scheduler) return scheduler.yield()
  // A timer would wait for 4 ms each time, and for a second on a page that is hidden.
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}
