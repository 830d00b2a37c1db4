// Serves this folder, and nothing else of the machine: node examples/browser/serve.js [PORT]
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'

const FILES = new Map([
  ['/', ['index.html', 'text/html; charset=utf-8']],
  ['/watch.js', ['watch.js', 'text/javascript; charset=utf-8']],
])

const server = createServer(async ({ url = '/' }, response) => {
  const found = FILES.get(new URL(url, 'http://here').pathname)
  if (!found) {
    response.writeHead(404).end()
    return
  }
  const [file, type] = found
  response.writeHead(200, { 'content-type': type }).end(await readFile(new URL(file, import.meta.url)))
})
server.listen(Number(process.argv[2] ?? 8080), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`)
})
