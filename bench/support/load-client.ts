import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Frames, readFrame } from './frames.ts'
import type { Answer, Ask, Open } from './load.ts'
import { clockMs } from './process.ts'

/** Many clients in one process: raw sockets, so that what they cost is little and the same for every server. */
let sockets: Socket[] = []
let frames = 0
let bytes = 0
let receipts: [n: number, atMs: number][] = []
let snapshots: string[] = []
let refused = 0
let cut = 0

function open(url: URL, { isGzip, isStalled, wantsTimes }: Open): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(Number(url.port), url.hostname)
    const parser = new Frames()
    sockets.push(socket)
    const coding = isGzip ? 'gzip' : 'identity'
    socket.write(
      `GET ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nAccept-Encoding: ${coding}\r\n\r\n`,
    )
    socket.on('error', () => {})
    socket.on('close', () => {
      if (sockets.includes(socket)) cut++
      resolve()
    })
    if (isStalled) {
      socket.pause()
      resolve()
      return
    }
    const onFrame = (frame: Buffer) => {
      frames++
      if (!wantsTimes) return
      const { n, id, isLastPart } = readFrame(frame, isGzip)
      if (n !== undefined) receipts.push([n, clockMs()])
      if (isLastPart && id) snapshots.push(id)
    }
    socket.on('data', (data) => {
      bytes += data.length
      parser.push(data, onFrame)
      if (parser.status === '') return
      if (parser.status !== '200') refused++
      resolve()
    })
  })
}

async function answer(ask: Ask): Promise<Answer> {
  if (ask.kind === 'open') {
    const { count, withinMs } = ask.open
    const url = new URL(ask.open.url)
    const started = clockMs()
    const opening: Promise<void>[] = []
    for (let i = 0; i < count; i++) {
      const dueMs = started + (withinMs * i) / count - clockMs()
      if (dueMs > 1) await sleep(dueMs)
      // The backlog of a listener is 511.
      if (i % 200 === 199) await opening.at(-100)
      opening.push(open(url, ask.open))
    }
    await Promise.all(opening)
  }
  if (ask.kind === 'close') {
    const closing = sockets
    sockets = []
    for (const socket of closing) socket.destroy()
  }
  const result = { open: sockets.length, frames, bytes, receipts, snapshots, refused, cut }
  if (ask.kind === 'take') {
    receipts = []
    snapshots = []
  }
  return ask.kind === 'take' ? result : { ...result, receipts: [], snapshots: [] }
}

process.on('message', (ask: Ask) => void answer(ask).then((result) => process.send?.(result)))
process.on('disconnect', () => process.exit(0))
process.send?.('ready')
