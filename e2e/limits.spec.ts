import { once } from 'node:events'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { expect, test } from 'playwright/test'
import { descendants } from './support/processes.ts'
import { openStream } from './support/stream.ts'
import { startTailboard, type Tailboard } from './support/tailboard.ts'

const MAX_CLIENTS = 12
const MAX_CLIENTS_PER_IP = 5
const ASKED = 40
const LORISES = 1_000

let tailboard: Tailboard
test.beforeAll(async () => {
  test.setTimeout(240_000)
  tailboard = await startTailboard({
    SENSORS: '1',
    HOST_METRICS: 'off',
    HOST: '0.0.0.0',
    MAX_CLIENTS: String(MAX_CLIENTS),
    MAX_CLIENTS_PER_IP: String(MAX_CLIENTS_PER_IP),
    TRUST_PROXY: 'on',
  })
})
test.afterAll(() => tailboard.stop())

type Opened = Awaited<ReturnType<typeof openStream>>

/** As a proxy asks for a client whose address it has seen; what stands before it, the client has made up. */
const openFrom = (address: string): Promise<Opened> =>
  openStream(`${tailboard.url}/api/stream?relation=sensors_view`, {
    'X-Forwarded-For': `10.9.8.7, ${address}`,
  })

const countOf = (all: readonly Opened[], status: number) =>
  all.filter(({ response }) => response.status === status).length

const openAtOnce = (address: (index: number) => string) =>
  Promise.all(Array.from({ length: ASKED }, (_, index) => openFrom(address(index))))

/** Closes streams and waits until their seats are free: as many as are asked for can be had again. */
async function closeAll(all: readonly Opened[]): Promise<void> {
  for (const { close } of all) close()
  await expect
    .poll(async () => {
      const text = await (await fetch(`${tailboard.url}/api/metrics`)).text()
      return /^tailboard_sse_clients (\d+)$/m.exec(text)?.[1]
    })
    .toBe('0')
}

test('of many who come at once exactly as many get a stream as may, again and again', async () => {
  for (let round = 0; round < 3; round++) {
    const all = await openAtOnce((index) => `192.0.2.${index}`)
    expect(countOf(all, 200)).toBe(MAX_CLIENTS)
    expect(countOf(all, 503)).toBe(ASKED - MAX_CLIENTS)
    const refused = all.find(({ response }) => response.status === 503)?.response
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(refused?.headers.get('content-type')).toBe('application/problem+json')
    await closeAll(all)
  }
})

test('one address gets as many as it may, and others get theirs', async () => {
  const all = await openAtOnce(() => '198.51.100.1')
  expect(countOf(all, 200)).toBe(MAX_CLIENTS_PER_IP)
  expect(countOf(all, 429)).toBe(ASKED - MAX_CLIENTS_PER_IP)
  const refused = all.find(({ response }) => response.status === 429)?.response
  expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0)
  const other = await openFrom('198.51.100.2')
  expect(other.response.status).toBe(200)
  await closeAll([...all, other])
})

test('addresses of one IPv6 network count as one', async () => {
  const all = await openAtOnce((index) => `2001:db8:0:1::${index.toString(16)}`)
  expect(countOf(all, 200)).toBe(MAX_CLIENTS_PER_IP)
  const other = await openFrom('2001:db8:0:2::1')
  expect(other.response.status).toBe(200)
  await closeAll([...all, other])
})

test('a stream that is refused takes no place', async () => {
  for (let turn = 0; turn < MAX_CLIENTS_PER_IP * 2; turn++) {
    const missing = await fetch(`${tailboard.url}/api/stream?relation=no_such_relation`)
    expect(missing.status).toBe(404)
    await missing.text()
  }
  const all = await openAtOnce((index) => `192.0.2.${index}`)
  expect(countOf(all, 200)).toBe(MAX_CLIENTS)
  await closeAll(all)
})

test('a thousand who never finish asking keep nobody out, and are cut off', async () => {
  test.setTimeout(120_000)
  const port = Number(new URL(tailboard.url).port)
  const lorises: Socket[] = []
  let ended = 0
  for (let index = 0; index < LORISES; index++) {
    const socket = connect(port, '127.0.0.1').on('error', () => {})
    socket.resume().on('close', () => ended++)
    lorises.push(socket)
  }
  await Promise.all(lorises.map((socket) => (socket.connecting ? once(socket, 'connect') : undefined)))
  const drip = () => {
    for (const socket of lorises) if (socket.writable) socket.write('x')
  }
  for (const socket of lorises) socket.write('GET /api HTTP/1.1\r\nHost: localhost\r\nX-Slow: ')
  const timer = setInterval(drip, 500)
  try {
    const page = await fetch(tailboard.url)
    expect(page.status).toBe(200)
    const stream = await openFrom('192.0.2.1')
    expect(stream.response.status).toBe(200)
    expect((await stream.events.next()).value?.event).toBe('snapshot')
    stream.close()
    await expect.poll(() => ended, { timeout: 60_000 }).toBe(LORISES)
  } finally {
    clearInterval(timer)
    for (const socket of lorises) socket.destroy()
  }
})

test('whoever lets other machines in without a token is told both ways out', () => {
  expect(tailboard.output()).toMatch(/Warning: HOST=0\.0\.0\.0 .*Set ACCESS_TOKEN .*unset HOST/)
})

test('only the app listens beyond this machine', () => {
  const pids = descendants(tailboard.pid).map(({ pid }) => pid)
  const open = pids.flatMap((pid) => listening(pid)).filter(({ isLoopback }) => !isLoopback)
  expect(open.map(({ port }) => port)).toEqual([Number(new URL(tailboard.url).port)])
})

/** What a process listens on, from Linux's own lists. */
function listening(pid: number): { port: number; isLoopback: boolean }[] {
  const inodes = new Set(socketsOf(pid))
  return ['tcp', 'tcp6'].flatMap((list) =>
    readFileSync(`/proc/${pid}/net/${list}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => state === '0A' && inodes.has(inode ?? ''))
      .map(([, local = '']) => {
        const [address = '', port = ''] = local.split(':')
        const isLoopback = address === '0100007F' || address === '00000000000000000000000001000000'
        return { port: Number.parseInt(port, 16), isLoopback }
      }),
  )
}

function socketsOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`
  return readdirSync(folder).flatMap((fd) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`${folder}/${fd}`))?.[1] ?? []
    } catch {
      // It was closed while the list was read.
      return []
    }
  })
}
