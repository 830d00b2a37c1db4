import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { expect, test } from 'playwright/test'
import { openHttp2Stream } from './support/events.ts'
import { freePort, startTailboard, type Tailboard } from './support/tailboard.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const ROUNDS = 5

interface Proxy {
  readonly url: string
  readonly child: ChildProcess
  readonly output: () => string
}

let tailboard: Tailboard
let database: Client
let folder: string
const proxies = new Map<string, Proxy>()

test.beforeAll(async () => {
  test.setTimeout(240_000)
  folder = await mkdtemp(join(tmpdir(), 'tailboard-proxy-'))
  // nginx gives its rights away.
  await chmod(folder, 0o755)
  tailboard = await startTailboard({ SENSORS: '0', HOST_METRICS: 'off', TRUST_PROXY: 'on' })
  database = new Client({ connectionString: tailboard.databaseUrl })
  await database.connect()
  await database.query('CREATE TABLE paced (n int)')
})
test.afterAll(async () => {
  for (const { child } of proxies.values()) {
    const exited = once(child, 'exit')
    child.kill('SIGTERM')
    await exited
  }
  await database.end()
  await tailboard.stop()
  await rm(folder, { recursive: true })
})

const starts = { caddy: startCaddy, nginx: startNginx }

for (const name of ['caddy', 'nginx'] as const) {
  test.describe(`behind ${name} by its recipe`, () => {
    test.beforeAll(async () => {
      test.skip(
        spawnSync(name, [name === 'nginx' ? '-v' : 'version']).status !== 0,
        `${name} is not installed: apt-get install ${name}`,
      )
      proxies.set(name, await starts[name]())
    })
    const proxy = () => {
      const found = proxies.get(name)
      if (!found) throw new Error(`${name} does not run`)
      return found
    }

    for (const coding of ['identity', 'gzip']) {
      test(`each event arrives over HTTP/2 before the next is written (${coding})`, async () => {
        const stream = await openHttp2Stream(`${proxy().url}/api/stream?relation=paced`, {
          'accept-encoding': coding,
        })
        expect(stream.alpn).toBe('h2')
        expect(stream.headers).toMatchObject({
          ':status': 200,
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-cache, no-transform',
        })
        expect(stream.headers['content-encoding']).toBe(coding === 'gzip' ? 'gzip' : undefined)
        const seen = () => JSON.stringify(stream.received)
        await expect.poll(seen).toContain('"event":"snapshot"')
        for (let round = 1; round <= ROUNDS; round++) {
          const n = round + (coding === 'gzip' ? 100 : 0)
          await database.query(`INSERT INTO paced VALUES (${n})`)
          await expect.poll(seen).toContain(`{"diff":1,"row":{"n":${n}}}`)
        }
        stream.close()
        // Who leaves the proxy has left Tailboard.
        const clients = async () => {
          const relation = await fetch(`${tailboard.url}/api/relations/paced`)
          return (await relation.json()).clients
        }
        await expect.poll(clients).toBe(0)
      })
    }

    test('the dashboard is live', async ({ browser }) => {
      const page = await browser.newPage({ ignoreHTTPSErrors: true })
      await page.goto(`${proxy().url}/relations/paced`)
      await expect(page.getByRole('status', { name: 'Connection' })).toContainText('Live')
      await page.close()
    })
  })
}

async function startCaddy(): Promise<Proxy> {
  const port = await freePort()
  const child = spawn(
    'caddy',
    ['run', '--config', join(ROOT, 'deploy/Caddyfile'), '--adapter', 'caddyfile'],
    {
      env: {
        ...process.env,
        HTTP_PORT: String(await freePort()),
        HTTPS_PORT: String(port),
        APP_PORT: new URL(tailboard.url).port,
        XDG_DATA_HOME: join(folder, 'caddy-data'),
        XDG_CONFIG_HOME: join(folder, 'caddy-config'),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  return untilListening(child, port)
}

/** The recipe within the least that makes it a configuration, with ports and a certificate of the test's own. */
async function startNginx(): Promise<Proxy> {
  const port = await freePort()
  const certificate = join(folder, 'certificate.pem')
  const key = join(folder, 'key.pem')
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
    ...['-keyout', key, '-out', certificate],
  ])
  expect(made.status, String(made.stderr)).toBe(0)
  const recipe = (await readFile(join(ROOT, 'deploy/nginx.conf'), 'utf8'))
    .replace('127.0.0.1:3000', new URL(tailboard.url).host)
    .replace('listen 443', `listen 127.0.0.1:${port}`)
    .replace('dashboard.example.org;', 'localhost;')
    .replace('/etc/ssl/certs/dashboard.example.org.pem', certificate)
    .replace('/etc/ssl/private/dashboard.example.org.key', key)
    // Streams are to arrive by what their own header says.
    .replace('proxy_buffering off;', '')
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  const temporary = kinds.map((kind) => `${kind}_temp_path ${folder}/${kind};`).join('\n')
  const file = join(folder, 'nginx.conf')
  await writeFile(
    file,
    `daemon off; pid ${folder}/nginx.pid; events {}\nhttp {\naccess_log off;\n${temporary}\n${recipe}\n}\n`,
  )
  const child = spawn('nginx', ['-c', file, '-e', 'stderr', '-p', folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return untilListening(child, port)
}

async function untilListening(child: ChildProcess, port: number): Promise<Proxy> {
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const canConnect = () =>
    new Promise<boolean>((resolve) => {
      const socket = connectTls({
        host: '127.0.0.1',
        port,
        servername: 'localhost',
        rejectUnauthorized: false,
      })
      socket.on('secureConnect', () => resolve(true)).on('error', () => resolve(false))
      socket.on('close', () => resolve(false))
      socket.on('secureConnect', () => socket.destroy())
    })
  await expect.poll(canConnect, { message: output, timeout: 30_000 }).toBe(true)
  expect(child.exitCode, output).toBeNull()
  return { url: `https://localhost:${port}`, child, output: () => output }
}
