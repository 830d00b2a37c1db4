import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const LOG = fileURLToPath(new URL('./log.ts', import.meta.url))

function logged(level: string): { out: string; lines: Record<string, unknown>[] } {
  const script = `import { createLog } from ${JSON.stringify(LOG)}
    const log = createLog('engine')
    log.debug('a detail')
    log.warn({ relation: 'sensors', err: new Error('no') }, 'lost')
    process.exit(0)`
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', script],
    { env: { ...process.env, LOG_LEVEL: level }, encoding: 'utf8' },
  )
  return {
    out: stdout,
    lines: stderr
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  }
}

describe('createLog', () => {
  it('writes a line of JSON to stderr, also just before the process ends', () => {
    const { out, lines } = logged('info')
    expect(out).toBe('')
    expect(lines).toEqual([
      {
        level: 'warn',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        pid: expect.any(Number),
        name: 'engine',
        relation: 'sensors',
        err: expect.objectContaining({ message: 'no' }),
        msg: 'lost',
      },
    ])
  })

  it('says as much as LOG_LEVEL asks for', () => {
    expect(logged('debug').lines.map(({ msg }) => msg)).toEqual(['a detail', 'lost'])
    expect(logged('silent').lines).toEqual([])
    expect(logged('').lines.length).toBe(1)
  })
})
